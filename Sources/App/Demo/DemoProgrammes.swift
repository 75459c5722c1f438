import Foundation

/// Programmes and groups of both sides of the wall, who waits for them, and who came. A stream of chance of its own.
extension DemoGenerator {
    /// A programme of the demonstration.
    private struct Course {
        let number: Int
        let agency: Int
        let kind: ProgrammeKind
        let name: String
        let sessions: Int
        /// Its group, and the day of the week on which it meets; nil: one to one.
        var group: (name: String, weekday: Int)?
    }

    private static let courses = [
        Course(number: 0, agency: DemoOrganisations.frontDoor, kind: .survivorGroup, name: "Moving Forward",
               sessions: 12, group: ("Thursday mornings", 4)),
        Course(number: 1, agency: DemoOrganisations.frontDoor, kind: .counselling, name: "Talking time", sessions: 8),
        Course(number: 2, agency: DemoOrganisations.behaviour, kind: .behaviourChange, name: "Changing Course",
               sessions: 20, group: ("Tuesday evenings", 2)),
        Course(number: 3, agency: DemoOrganisations.behaviour, kind: .behaviourOneToOne, name: "One to one",
               sessions: 8),
    ]

    private static let groupPlaces = 8
    private static let heldSessions = 7

    private func programme(_ course: Course) -> UUID {
        var dice = DemoDice(.programmes, -1 - course.number)
        return dice.uuid()
    }

    private func group(_ course: Course) -> UUID {
        var dice = DemoDice(.programmes, -101 - course.number)
        return dice.uuid()
    }

    /// The sessions of a group that have been, newest first: an id and when.
    private func held(_ course: Course) -> [(id: UUID, at: DemoMoment)] {
        guard let weekday = course.group?.weekday else { return [] }
        var dice = DemoDice(.programmes, -201 - course.number)
        let days = (1...60).map { clock.day(ago: $0) }.filter { $0.weekday == weekday }
        let minute = course.number == 0 ? 630 : 1_110
        return days.prefix(Self.heldSessions).map { (dice.uuid(), clock.moment($0, minute: minute)) }
    }

    /// What is offered, the groups and when they met.
    mutating func writeProgrammes() {
        for course in Self.courses {
            let (agency, by) = (organisations.agencies[course.agency].id, staff.all[
                course.agency == DemoOrganisations.frontDoor ? DemoStaff.manager : DemoStaff.perpetratorWorker].id)
            let made = clock.moment(clock.day(ago: 150), minute: 600)
            batch[.programme].add(
                programme(course), partnership, agency, course.kind.rawValue, course.name, course.sessions, made, by)
            guard let group = course.group else { continue }
            batch[.programmeGroup].add(
                self.group(course), partnership, agency, programme(course), group.name, Self.groupPlaces,
                clock.day(ago: 60), made, by)
            for (number, session) in held(course).enumerated() {
                batch[.programmeSession].add(
                    session.id, partnership, agency, self.group(course), nil as UUID?, nil as UUID?, nil as UUID?,
                    session.at, Self.topics[number % Self.topics.count], made, by)
            }
        }
    }

    /// What is said of a place, one after another.
    private struct Said {
        let step: PlaceStep
        let at: DemoMoment
        var reasons = ""
        var words = ""
    }

    /// Some of those who came to support wait for a group or for counselling, are in it, or were.
    mutating func writePlaces(of made: DemoCase) {
        guard let worker = made.worker, let first = made.firstContact, made.agency == DemoOrganisations.frontDoor
        else { return }
        var dice = DemoDice(.programmes, made.key)
        let end = min(made.closed ?? clock.today, clock.today)
        let referred = clock.atWork(first + dice.within(3...25) * 86_400, &dice)
        guard dice.chance(11), referred + 30 * 86_400 < end else { return }
        let course = dice.chance(60) ? Self.courses[0] : Self.courses[1]
        var said = [Said(step: .referred, at: referred)]
        let assessed = clock.atWork(referred + dice.within(4...14) * 86_400, &dice)
        let started = clock.atWork(assessed + dice.within(3...12) * 86_400, &dice)
        let harming = made.harming?.id
        let isFree = course.group == nil
            || grouped.count < Self.groupPlaces - 1 && harming.map { !grouped.contains($0) } ?? false
        if made.closed != nil || isFree && dice.chance(55) {
            said.append(Said(step: .suitable, at: assessed, reasons: "motivated"))
            said.append(Said(step: .started, at: started))
            if made.closed != nil {
                let isWhole = dice.chance(62)
                said.append(Said(step: isWhole ? .completed : .droppedOut, at: end + -86_400,
                                 reasons: isWhole ? "" : dice.pick(["work", "disengaged", "moved"])))
            } else if course.group != nil, let harming {
                grouped.insert(harming)
            }
        } else if dice.chance(40) {
            said.append(Said(step: .suitable, at: assessed, reasons: "motivated"))
        } else if dice.chance(30) {
            said.append(Said(step: .riskCheck, at: started, reasons: "safeToWait"))
        }
        said = said.filter { $0.at < end }
        write(said, of: made, on: course, from: "ownService", by: worker, &dice)
    }

    @discardableResult
    private mutating func write(
        _ said: [Said], of made: DemoCase, on course: Course, from source: String, by: Int, _ dice: inout DemoDice
    ) -> UUID {
        let (id, agency, author) = (dice.uuid(), organisations.agencies[made.agency].id, staff.all[by].id)
        let state = said.compactMap(\.step.leadsTo).last ?? .waiting
        let start = said.first { $0.step == .started }?.at
        // Whoever was on it long ago was in a group that is no longer listed.
        let group = state == .started && course.group != nil ? self.group(course) : nil
        func day(_ one: Said) -> DemoDay { clock.local(one.at).day }
        guard let first = said.first else { return id }
        batch[.programmePlace].add(
            id, partnership, agency, made.id, made.harmed.id, programme(course), group, source, state.rawValue,
            day(first), day(said.last { $0.step == .riskCheck } ?? first), said.count, first.at, author)
        for (place, one) in said.enumerated() {
            batch[.placeStep].add(
                id, partnership, agency, made.id, made.harmed.id, place + 1, one.step.rawValue, "{\(one.reasons)}",
                day(one), one.step == .started ? group : nil, one.words, one.at, author)
            event(made, "placeChanged", one.at, by, id, "\(course.name): \(one.step.label)", &dice)
        }
        if let start, group != nil {
            for session in held(course) where session.at > start {
                attend(session.id, id, made, Self.came(&dice), session.at + 7_200, author)
            }
        } else if let start {
            let last = said.last { $0.step != .started && $0.at > start }?.at
                ?? min(made.closed ?? clock.today, clock.today)
            for week in 1...(course.sessions / 2) {
                let at = clock.atWork(start + week * 7 * 86_400, &dice)
                guard at < last, at < clock.today else { break }
                let session = dice.uuid()
                batch[.programmeSession].add(
                    session, partnership, agency, nil as UUID?, id, made.id, made.harmed.id, at, "", at + 3_600, author)
                attend(session, id, made, Self.came(&dice), at + 3_600, author)
            }
        }
        return id
    }

    private mutating func attend(
        _ session: UUID, _ place: UUID, _ made: DemoCase, _ state: AttendanceState, _ at: DemoMoment, _ by: UUID
    ) {
        batch[.sessionAttendance].add(
            session, place, partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, 1,
            state.rawValue, "", min(at, clock.today), by)
    }

    private static func came(_ dice: inout DemoDice) -> AttendanceState {
        dice.pick(weighted: [(74, .attended), (8, .late), (10, .apologies), (8, .missed)])
    }

    /// On the other side: one is on the programme, with support for the partner given elsewhere; two wait for it.
    mutating func writeBehaviourPlaces(_ cases: [DemoCase]) throws {
        let stories: [(course: Int, source: String, partner: String)] = [
            (2, "criminalJustice", "A first name only, Jodie. Expecting a baby in the spring."),
            (2, "self", "His wife. They live apart for now."),
            (3, "professional", "Would not say. A name was not asked again."),
        ]
        for (made, story) in zip(cases.dropFirst(), stories) {
            guard let by = made.worker else { continue }
            let first = made.firstContact ?? made.opened + 86_400
            var dice = DemoDice(.programmes, made.key)
            let (course, at) = (Self.courses[story.course], clock.atWork(first + 86_400, &dice))
            var said = [Said(step: .referred, at: at)]
            let isOn = story.source == "criminalJustice"
            if story.source != "professional" {
                said.append(Said(step: .suitable, at: clock.atWork(at + 3 * 86_400, &dice),
                                 reasons: "acceptsResponsibility", words: "Names what he did."))
            }
            if isOn { said.append(Said(step: .started, at: clock.atWork(at + 8 * 86_400, &dice))) }
            said = said.filter { $0.at < clock.today }
            let place = write(said, of: made, on: course, from: story.source, by: by, &dice)
            try writeNotes(of: made, place, story.partner, said, isOn: isOn, by: staff.all[by].id, &dice)
            writeScore(of: made, isOn: isOn, by: by, &dice)
        }
    }

    /// What passed across the wall about one of them.
    private mutating func writeNotes(
        of made: DemoCase, _ place: UUID, _ partner: String, _ said: [Said], isOn: Bool, by: UUID,
        _ dice: inout DemoDice
    ) throws {
        guard let first = said.first else { return }
        let (harming, harmed) = (
            organisations.agencies[made.agency].id, organisations.agencies[DemoOrganisations.frontDoor].id)
        let asked = dice.uuid()
        let civil = made.harmed.birth.civil
        let born = Day(year: civil.year, month: civil.month, day: civil.day)
        let name = "\(made.harmed.name.given) \(made.harmed.name.family)"
        let told = WallTold(person: WallPerson(name: name, born: born), partner: partner)
        let sealed = try sealing.seal(
            encoder.encode(told), key: sealing.referralKey, place: .wallNote(asked, in: partnership))
        let manager = staff.all[DemoStaff.manager].id
        func add(_ id: UUID, _ kind: WallKind, _ at: DemoMoment, _ sender: UUID, toward: String = "harmed",
                 _ instruction: RiskInstruction? = nil, _ words: String = "", _ told: Data? = nil) {
            batch[.wallNote].add(
                id, partnership, place, harming, harmed, toward, kind.rawValue, clock.local(at).day,
                instruction?.rawValue, words, told, at, sender)
        }
        add(asked, .askSupport, first.at, by, nil, "", sealed)
        guard isOn, let start = said.first(where: { $0.step == .started })?.at else { return }
        let arranged = start + -86_400
        batch[.integratedSupport].add(
            dice.uuid(), partnership, harmed, asked, nil as UUID?, nil as UUID?, "Women’s Aid Leicestershire", manager,
            arranged, manager)
        add(dice.uuid(), .supportArranged, arranged, manager, toward: "harming")
        add(dice.uuid(), .started, start, by)
        add(dice.uuid(), .instruction, start + 86_400, manager, toward: "harming", .doNotRing,
            "Not before noon on weekdays")
    }

    private mutating func writeScore(of made: DemoCase, isOn: Bool, by: Int, _ dice: inout DemoDice) {
        let at = clock.atWork(made.opened + 5 * 86_400, &dice)
        guard at < clock.today else { return }
        let last = clock.local(made.opened).day + -dice.within(2...20)
        let (incidents, victims) = (isOn ? 4 : 1, isOn ? 2 : 1)
        let days = clock.local(at).day.number - last.number
        let points = MatacScale.points(
            lastDaysAgo: days, incidents: incidents, gravity: isOn ? .damage : .verbal, victims: victims)
        let score = points.reduce(0, +)
        let id = dice.uuid()
        batch[.matacScore].add(
            id, partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, 1, 12, last, incidents,
            isOn ? "damage" : "verbal", victims, "{\(points.map(String.init).joined(separator: ","))}", score,
            isOn ? "selected" : "notSelected", isOn ? "{prevent,divert}" : "{}",
            isOn ? "Course first. Officer calls by once a month." : "",
            isOn ? clock.day(ago: -21) : nil as DemoDay?, at, staff.all[by].id)
        let standing = isOn ? MatacStanding.selected : .notSelected
        event(made, "matacScored", at, by, id, "\(score) points. \(standing.label)", &dice)
    }

    private static let topics = [
        "What we mean by safe", "Signs, and what we did with them", "Sleep and worry", "Saying no", "Children and us",
        "Money and papers", "What next",
    ]
}
