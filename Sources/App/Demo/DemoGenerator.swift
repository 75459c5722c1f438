import Crypto
import Foundation

/// Makes up the demonstration and hands it over table by table, a few megabytes at a time.
///
/// Everything but keys and ciphertexts follows from the size and the day.
struct DemoGenerator: Sendable {
    let size: DemoSize
    let clock: DemoClock
    let organisations: DemoOrganisations
    let staff: DemoStaff
    let invented: DemoPeople
    let sealing: any DemoSealing
    let encoder: JSONEncoder

    var batch = DemoBatch()
    /// Rows written so far.
    var (people, cases, contacts, notes) = (0, 0, 0, 0)
    /// Children, who are not counted among the people.
    var children = 0
    /// Lower grades that wait for a second person.
    var lowerings = 0
    /// People who have a review of their risk open.
    var reviewed: Set<UUID> = []
    /// Documents that came with an assessment.
    var documents = 0
    /// The keys of those whom a document may be about.
    var keys: [UUID: SymmetricKey] = [:]
    /// Safety plans of the planned cases.
    var plans = 0
    /// The keys of those whom the case that is being written brought on record.
    var newKeys: [UUID: SymmetricKey] = [:]
    /// The children whom it brought on record; and of children, own records and requests that were written.
    var newChildren: [DemoPerson] = []
    var (childRecords, childRequests) = (0, 0)
    /// Who is on record through the case of that key.
    var knownHarmed: [Int: DemoPerson] = [:]
    var knownHarming: [Int: DemoPerson] = [:]
    var knownTies: [Int: DemoTie] = [:]
    /// Who was recorded a second time by the call that is being written.
    var recordedBefore: DemoPerson?
    /// Another agency has asked the front door to take a case over.
    var hasAsked = false
    /// A home is held for somebody.
    var hasHeld = false
    /// Units that are free, and whose they are.
    var freeUnits: [(unit: UUID, provider: UUID)] = []
    /// Those that house one another's tenants.
    var landlords: [UUID] = []
    /// Who harms those who are in the group.
    var grouped: Set<UUID> = []

    var partnership: UUID { organisations.partnership }

    /// A batch is handed over when it has grown beyond this many bytes.
    private static let batchBytes = 3_000_000

    init(_ size: DemoSize, now: Date, sealing: any DemoSealing) {
        (self.size, self.sealing) = (size, sealing)
        clock = DemoClock(now: now)
        organisations = DemoOrganisations(size, partnership: Demonstration.partnership, sealing: sealing)
        staff = DemoStaff(size.volumes.staff, clock: clock)
        invented = DemoPeople(organisations: organisations, clock: clock)
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// Makes everything up. `doors` lets the cast sign in; `put` gets the rows, which refer only to what came before.
    mutating func run(doors: [UUID: DemoDoor], _ put: (DemoBatch) throws -> Void) throws {
        organisations.write(size, to: &batch)
        staff.write(partnership, organisations, doors: doors, to: &batch)
        writeAgreements()
        writeRota()
        writeOwnLetters()
        writeProgrammes()
        try writeAccommodation()
        writeLandlords()
        let cast = makeCast()
        let plan = DemoPlan(size.volumes.cases - cast.count, clock: clock)
        let behaviour = makeBehaviour()
        let moving = Self.moving(plan, clock)
        let references = number(plan, cast + behaviour, moving)
        var moved: DemoCase?
        let notes = DemoPlan.shares(
            of: size.volumes.notes - cast.reduce(0) { $0 + $1.notes.count }, plan.cases.map(\.weight))
        for planned in plan.cases {
            var made = makeCase(planned)
            made.reference = references[planned.key] ?? ""
            if planned.key == moving?.key {
                (made.isRestricted, made.share) = (false, nil)
                made.movedTo = organisations.agencies[DemoOrganisations.womensAid].name
                moved = made
            }
            knownHarmed[planned.key] = made.harmed
            knownHarming[planned.key] = made.harming
            knownTies[planned.key] = made.tie
            try write(made, notes: notes[planned.key])
            try handOver(put)
        }
        for var made in cast {
            made.reference = references[made.key] ?? ""
            try write(made, notes: made.notes.count)
        }
        writeInterests()
        try writeRegister()
        writeRetention(cast, references)
        try writePacks(cast, references)
        try writeFrontDoor(duplicates: cast.map(\.harmed), put)
        if let moved { try writeMoved(moved, reference: references[Self.movedKey] ?? "") }
        try writeReferrals()
        for var made in behaviour {
            made.reference = references[made.key] ?? ""
            try write(made, notes: made.notes.count)
        }
        try writeBehaviourPlaces(behaviour)
        try writeBehaviourReferrals()
        if let call = behaviour.first?.opener { writeWarning(cast[Self.warnedStory], call: call) }
        try put(batch)
    }

    /// Hands the batch over when it has grown large enough.
    mutating func handOver(_ put: (DemoBatch) throws -> Void) rethrows {
        guard batch.size > Self.batchBytes else { return }
        try put(batch)
        batch = DemoBatch()
    }

    /// References in the order of opening, a series an agency and year; and the counters, which stand where they end.
    private mutating func number(_ plan: DemoPlan, _ cast: [DemoCase], _ moving: DemoPlannedCase?) -> [Int: String] {
        var openings = plan.cases.map { ($0.opened, $0.key, $0.agency) } + cast.map { ($0.opened, $0.key, $0.agency) }
        // The case that goes on from one that has moved opens when that one ends.
        if let at = moving?.closed { openings.append((at, Self.movedKey, DemoOrganisations.womensAid)) }
        var last: [Int: [Int: Int]] = [:]
        var references: [Int: String] = [:]
        for (opened, key, agency) in openings.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
            let year = clock.local(opened).day.civil.year
            let number = last[agency, default: [:]][year, default: 0] + 1
            last[agency, default: [:]][year] = number
            references[key] = ReferenceFormat.text(
                agency: organisations.agencies[agency].name, year: year, number: number)
        }
        for (agency, years) in last.sorted(by: { $0.key < $1.key }) {
            for (year, number) in years.sorted(by: { $0.key < $1.key }) {
                batch[.caseCounter].add(partnership, organisations.agencies[agency].id, year, number)
            }
        }
        return references
    }

    /// The other services for those who are harmed let the front door ask whether they know somebody.
    private mutating func writeAgreements() {
        var dice = DemoDice(.agreement)
        guard let administrator = staff.all.first(where: { $0.role == .administrator }) else { return }
        for agency in organisations.agencies where agency.kind == "domesticAbuseService" && !agency.isFrontDoor {
            batch[.lookupAgreement].add(
                dice.uuid(), partnership, agency.id, "Information sharing agreement 7", clock.day(ago: 300),
                clock.day(ago: -430), administrator.id)
        }
    }
}
