import Foundation
import Pages
import Postgres

extension Site {
    /// Somebody's places on programmes, step by step.
    mutating func addPlaces() {
        get("cases/:id/places", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let (record, contact, places) = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .viewCases)
                try db.audit(.supportViewed, .case, id)
                return (record, try db.safeContact(of: record.person, visit), try db.places(of: id))
            }
            return .page(placesPage(record, contact, places, visit))
        }
        get("cases/:id/places/new", .needs(.writeNotes)) { visit in
            let adding = try await visit.addingPlace()
            return .page(adding.page(adding.kept.answers, visit, notice: adding.kept.notice(visit)))
        }
        post("cases/:id/places/new", .needs(.writeNotes)) { visit in try await visit.addPlace() }
        get("cases/:id/places/:place", .needs(.viewCases)) { visit in
            let (id, placeID) = (try visit.id(), try visit.id("place"))
            let (record, place, standing, steps, attended) = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .viewCases)
                let place = try db.places(of: id, only: placeID).first.orNotFound()
                try db.audit(.supportViewed, .case, id)
                return (record, place, try db.standing(of: placeID), try db.steps(of: placeID),
                        try db.attendance(of: placeID))
            }
            return .page(placePage(record, place, standing, steps, attended, visit))
        }
        get("cases/:id/places/:place/next", .needs(.writeNotes)) { visit in
            let (record, place, kept) = try await visit.place()
            let (groups, isSupported) = try await visit.around(place)
            let answers = kept.over(Answers(["version": [String(place.version)]]))
            return .page(stepPage(
                record, place, groups, isSupported: isSupported, answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/places/:place/next", .needs(.writeNotes)) { visit in try await visit.takeStep() }
        get("cases/:id/places/:place/notices/new", .needs(.writeNotes)) { visit in
            let (_, place, kept) = try await visit.place(integrated: true)
            return .page(wallFactPage(place, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/places/:place/notices/new", .needs(.writeNotes)) { visit in
            let (record, place, _) = try await visit.place(integrated: true)
            var answers = visit.typed
            guard let form = WallFactForm(&answers, today: visit.today) else {
                return .invalid(wallFactPage(place, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: place.path) { db in
                    try db.pass(form.kind, on: form.day, form.words, about: place.id, visit)
                    try db.audit(.acrossSent, .case, record.id)
                }
            })
        }
    }
}

/// What stands around the form that puts somebody on a waiting list.
private struct AddingPlace: Sendable {
    let record: CaseRecord
    let person: WallPerson
    let programmes: [Programme]
    let isHarming: Bool
    let hasAbuse: Bool
    let kept: KeptAnswers

    func page(_ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
        placeFormPage(record, programmes, isHarming: isHarming, answers, visit, notice: notice)
    }
}

extension Visit {
    fileprivate func addingPlace() async throws -> AddingPlace {
        let id = try id()
        let adding = try await read { db in
            let record = try db.ownCase(id, self, to: .writeNotes)
            let person = try db.person(record.person, within: viewer).orNotFound()
            return AddingPlace(
                record: record, person: WallPerson(name: person.name, born: person.birth.day),
                programmes: try db.offered(by: record.agency), isHarming: try db.isHarming(record.agency),
                hasAbuse: try db.hasAbuseRecorded(record), kept: try db.keptAnswers(self))
        }
        guard adding.record.isOpen else { throw Refusal.notFound }
        return adding
    }

    /// A place of an open case.
    func place(integrated: Bool = false) async throws -> (CaseRecord, ProgrammePlace, KeptAnswers) {
        let (id, placeID) = (try id(), try id("place"))
        let (record, place, kept) = try await read { db in
            (try db.ownCase(id, self, to: .writeNotes), try db.places(of: id, only: placeID).first.orNotFound(),
             try db.keptAnswers(self))
        }
        guard record.isOpen, !integrated || place.programme.kind.isIntegrated else { throw Refusal.notFound }
        return (record, place, kept)
    }

    fileprivate func around(_ place: ProgrammePlace) async throws -> ([ProgrammeGroup], Bool) {
        try await read { db in
            (try db.groups(of: place.programme.id, onlyOpen: true), try db.standing(of: place.id).isArranged)
        }
    }

    fileprivate func addPlace() async throws -> Reply {
        let adding = try await addingPlace()
        let record = adding.record
        var answers = typed
        guard let form = PlaceForm(
            &answers, programmes: adding.programmes, hasAbuse: adding.hasAbuse, person: adding.person, today: today)
        else { return .invalid(adding.page(answers, self)) }
        let id = UUID()
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/cases/\(record.id.column)/places/\(id.column)") { db in
                    try db.addPlace(id, form, on: record, self)
                    if let told = form.told {
                        guard let door = try db.otherFrontDoor(self) else { throw NoOtherSide() }
                        try db.askSupport(told, for: id, of: record.agency, on: form.referredOn, at: door, self)
                        try db.audit(.acrossSent, .case, record.id)
                    }
                    try db.note(.placeChanged, on: record.id, agency: record.agency, subject: id,
                                "\(form.programme.name): \(PlaceStep.referred.label)", self)
                    try db.audit(.placeChanged, .case, record.id)
                }
            })
        } catch is Overtaken {
            answers.refuse("programme", "They have a place on this programme already, or wait for one")
        } catch is NoOtherSide {
            answers.refuse("programme", "Nobody could arrange support for the partner: no agency is the front door yet")
        } catch let error as PostgresError where error.constraint == "never_couples" {
            answers.refuse("programme", PlaceForm.neverForTwo)
        }
        return .invalid(adding.page(answers, self))
    }

    fileprivate func takeStep() async throws -> Reply {
        let (record, place, _) = try await place()
        let version = try typed.version
        let (groups, isSupported) = try await around(place)
        var answers = typed
        let isCurrent = version == place.version
        guard let form = StepForm(
            &answers, of: place, groups: groups, isSupported: isSupported, isCurrent: isCurrent, today: today) else {
            return .invalid(stepPage(record, place, groups, isSupported: isSupported, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: place.path) { db in
                    try db.take(form, of: place, basedOn: version, on: record, self)
                    if place.programme.kind.isIntegrated, let kind = WallKind.following(form.step, from: place.state) {
                        let words = kind == .correction ? "\(form.step.label)." : ""
                        try db.pass(kind, on: form.day, words, about: place.id, self)
                    }
                    try db.note(.placeChanged, on: record.id, agency: record.agency, subject: place.id,
                                "\(place.programme.name): \(form.step.label)", self)
                    try db.audit(.placeChanged, .case, record.id)
                }
            })
        } catch let error as PostgresError where error.constraint == "place_in_group" {
            answers.refuse("group", StepForm.noPlace)
        } catch let error as PostgresError where error.constraint == "support_first" {
            answers.refuse("step", StepForm.supportFirst)
        } catch let error as PostgresError where error.constraint == "place_once" {
            answers.refuse("step", "They have another place on this programme by now")
        } catch is Overtaken {
            let (record, place, _) = try await self.place()
            var again = answers.again(over: place.version)
            again.refuse("step", "\(savedMeanwhile). Their place is “\(place.state.label)” now")
            return .conflict(stepPage(record, place, groups, isSupported: isSupported, again, self))
        }
        return .invalid(stepPage(record, place, groups, isSupported: isSupported, answers, self))
    }
}

/// The partnership has nobody on the other side yet.
private struct NoOtherSide: Error {}
