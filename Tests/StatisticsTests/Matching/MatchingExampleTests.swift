import Statistics
import Testing

@Suite("Matching, by example")
struct MatchingExampleTests {
    private let matching = Matching()

    /// A mother with three children, one a boy of 15, and a dog; everything said.
    private func family() -> HousingNeed {
        var need = HousingNeed(id: "family")
        need.adults = .known([.init(.known(.female))])
        need.children = .known([
            .init(age: .known(15), .known(.male)), .init(age: .known(8), .known(.female)),
            .init(age: .known(1), .known(.female)),
        ])
        (need.expecting, need.access, need.pets) = (.known(false), .known([]), .known([.dog]))
        (need.funds, need.supports, need.staffing) = (.known(.publicFunds), .known([]), .known(.floating))
        (need.homeArea, need.unsafeAreas) = (.known("Leicester"), .known(["Oadby"]))
        (need.tooNear, need.conflicts, need.risk) = (.known([]), .known([]), .known(.high))
        (need.consents, need.from) = (.known(true), .known(0))
        return need
    }

    /// A house that takes them.
    private func house(_ id: String = "house") -> HousingUnit {
        var unit = HousingUnit(id: id, provider: "p", kind: .dispersed)
        (unit.area, unit.bedspaces, unit.bedrooms) = (.known("Rutland"), .known(4), .known(3))
        (unit.familySharesRoom, unit.maxAdults, unit.maxChildren) = (.known(false), .known(1), .known(3))
        (unit.cots, unit.takes, unit.oldestBoy) = (.known(1), .known(.women), .known(.upTo(17)))
        (unit.access, unit.pets, unit.funding) = (.known([]), .known([.dog]), .known([]))
        (unit.supports, unit.staffing) = (.known([]), .known(.floating))
        (unit.exclusionAreas, unit.availability) = (.known([]), .known(.freeNow))
        return unit
    }

    private func verdict(_ change: (inout HousingNeed, inout HousingUnit) -> Void) -> MatchVerdict {
        var (need, unit) = (family(), house())
        change(&need, &unit)
        return matching.verdict(for: need, on: unit)
    }

    @Test func `a house that takes them fits, and each thing it doesn't take has its reason`() {
        #expect(verdict { _, _ in }.standing == .fits)
        func reasons(_ change: (inout HousingNeed, inout HousingUnit) -> Void) -> [MatchReason] {
            verdict(change).failed.cases
        }
        #expect(reasons { $1.oldestBoy = .known(.upTo(14)) } == [.olderSon])
        #expect(reasons { $1.pets = .known([.cat]) } == [.pets])
        #expect(reasons { $1.bedrooms = .known(2) } == [.size])
        #expect(reasons { $1.area = .known("Oadby") } == [.area])
        #expect(reasons { $1.exclusionAreas = .known(["Leicester"]) } == [.area])
        #expect(reasons { need, _ in need.tooNear = .known(["house"]) } == [.network])
        #expect(reasons { need, _ in need.conflicts = .known(["house"]) } == [.network])
        #expect(reasons { $1.availability = .known(.freeFrom(day: 2)) } == [.noSpace])
        let two = reasons { need, unit in (need.consents, unit.takes) = (.known(false), .known(.men)) }
        #expect(two == [.sex, .consent])
    }

    @Test func `a boy's limit or a boy's age that nobody knows is asked`() {
        let limit = verdict { $1.oldestBoy = .unknown }
        #expect(limit.standing == .ask && limit.unknown.cases == [.olderSon])
        #expect(limit.questions.cases == [.oldestBoy])
        let age = verdict { need, unit in
            need.children = .known([.init(age: .unknown, .known(.male))])
            unit.oldestBoy = .known(.upTo(12))
        }
        #expect(age.standing == .ask && age.questions.cases == [.childrensAges])
        let girl = verdict { need, unit in
            need.children = .known([.init(age: .known(15), .known(.female))])
            unit.oldestBoy = .unknown
        }
        #expect(girl.standing == .fits)
    }

    @Test func `what is not known is not asked where no answer could help`() {
        let crowded = verdict { need, unit in
            need.children = .known(Array(repeating: .init(age: .unknown, .unknown), count: 3))
            (unit.bedspaces, unit.cots) = (.known(3), .known(0))
        }
        #expect(crowded.standing == .doesNot && crowded.failed.cases == [.size])
        #expect(!crowded.questions.contains(.childrensAges) || crowded.unknown.contains(.olderSon))
    }

    @Test func `who lives near is asked until both sides were looked at`() {
        #expect(verdict { need, _ in need.tooNear = .unknown }.questions.cases == [.whoLivesNear])
        #expect(verdict { need, _ in need.conflicts = .unknown }.unknown.cases == [.network])
    }

    @Test func `every preference has its number, and what can't be told has none`() {
        var (need, unit) = (family(), house())
        (need.groups, need.languages, need.areasWanted) = (["x", "y"], ["pa"], ["Melton"])
        (need.canWait, need.distanceBands) = (5, ["house": 2])
        (unit.groups, unit.languages, unit.availability) = (.known(["x"]), .unknown, .known(.freeFrom(day: 3)))
        unit.access = .known([.wheelchair, .wetRoom, .stepFree])
        unit.bedspaces = .known(5)
        let matching = Matching(balance: ["p": 4])
        func values() -> [Int?] { matching.values(of: matching.verdict(for: need, on: unit)).map(\.value) }
        #expect(values() == [1, nil, 2, 1, 2, 2, 3, 4])
        need.children = .known(Array(repeating: .init(age: .unknown, .known(.female)), count: 5))
        unit.maxChildren = .known(5)
        #expect(values()[4] == nil)
        need.distanceBands = ["another": 0]
        #expect(values()[2] == nil)
    }

    @Test func `an assistance dog fails no rule, whatever the service says of dogs`() {
        let assistance = verdict { need, unit in (need.pets, unit.pets) = (.known([.assistance]), .known([])) }
        #expect(assistance.standing == .fits && assistance.notes.contains(.assistanceAnimal))
        let both = verdict { need, unit in (need.pets, unit.pets) = (.known([.assistance, .dog]), .known([])) }
        #expect(both.failed.cases == [.pets])
    }

    @Test func `a rule of local connection is a note and no reason`() {
        let noted = verdict { $1.asksLocalConnection = .known(true) }
        #expect(noted.standing == .fits && noted.notes.cases == [.localConnection])
        #expect(!MatchReason.allCases.contains { $0.outcome == "NO_LOCAL_CONNECTION" })
    }

    @Test func `without recourse to public funds a bed fund pays for everybody, section 17 for its own`() {
        func taken(_ funds: HousingNeed.Funds, _ funding: Features<HousingUnit.Funding>) -> MatchStanding {
            verdict { need, unit in (need.funds, unit.funding) = (.known(funds), funding) }.standing
        }
        #expect(taken(.none, .known([.bedFund])) == .fits && taken(.mvdac, .known([.bedFund])) == .fits)
        #expect(taken(.none, .known([.section17, .mvdac])) == .doesNot)
        #expect(taken(.section17, .known([.section17])) == .fits && taken(.mvdac, .known([.section17])) == .doesNot)
        #expect(taken(.none, .unknown) == .ask && taken(.publicFunds, .unknown) == .fits)
    }

    @Test func `trans residents are held against the service's own policy, and only when they raised it`() {
        #expect(verdict { $1.takesTrans = .known(false) }.standing == .fits)
        let refused = verdict { need, unit in (need.needsTransPolicy, unit.takesTrans) = (true, .known(false)) }
        #expect(refused.failed.cases == [.sex])
        #expect(verdict { need, _ in need.needsTransPolicy = true }.questions.cases == [.policyOnTrans])
        let anyone = verdict { need, unit in (need.needsTransPolicy, unit.takes) = (true, .known(.anyone)) }
        #expect(anyone.standing == .fits)
    }

    @Test func `one room for the family is said beside the match`() {
        let shared = verdict { _, unit in (unit.bedrooms, unit.familySharesRoom) = (.known(1), .known(true)) }
        #expect(shared.standing == .fits && shared.notes.cases == [.familyRoom])
        let unstated = verdict { _, unit in (unit.bedrooms, unit.familySharesRoom) = (.known(1), .unknown) }
        #expect(unstated.questions.cases == [.familyRoom])
    }

    @Test func `about a household and a home of which nothing is known, nothing is said`() {
        let unit = HousingUnit(id: "u", provider: "p", kind: .refuge)
        let verdict = matching.verdict(for: HousingNeed(id: "h"), on: unit)
        #expect(verdict.standing == .ask && verdict.failed.isEmpty)
        // Any kind is taken and every risk, as long as nobody says otherwise.
        #expect(verdict.unknown == CaseSet.all.subtracting([.kind, .risk]))
    }

    @Test func `why one stands above the other is the first preference that tells them apart`() {
        var (large, adapted) = (house("a-large"), house("b-adapted"))
        large.bedspaces = .known(6)
        adapted.access = .known([.wheelchair])
        let verdicts = matching.verdicts(for: family(), among: [large, adapted])
        #expect(verdicts.map(\.unit) == ["b-adapted", "a-large"])
        #expect(matching.difference(verdicts[0], verdicts[1]) == .spareBeds)
        let values = matching.values(of: verdicts[1])
        #expect(values.map(\.preference) == MatchingPolicy.Preference.allCases)
        #expect(values.first { $0.preference == .spareBeds }?.value == 3)
        let sparing = Matching(policy: MatchingPolicy(version: 2, order: [.sparedAdaptations, .spareBeds]))
        #expect(sparing.verdicts(for: family(), among: [large, adapted]).map(\.unit) == ["a-large", "b-adapted"])
    }

    @Test func `the numbers and outcome codes of reasons stay what they are`() {
        let codes = MatchReason.allCases.map { "\($0.rawValue) \($0) \($0.outcome) H\($0.rule)" }
        #expect(codes == [
            "0 noSpace CAP_NO_SPACE H10", "1 size CAP_SIZE H1", "2 access CAP_ACCESS H2", "3 staff CAP_STAFF H11",
            "4 mentalHealth NEED_MH H8", "5 substanceUse NEED_SUBSTANCE H8", "6 offending RISK_ARSON_OFFENCE H8",
            "7 arson RISK_ARSON_OFFENCE H8", "8 area RISK_AREA H3", "9 network RISK_NETWORK H9",
            "10 funds NRPF_FUNDS H6", "11 olderSon OLDER_SON H5", "12 sex SEX_MISMATCH H4", "13 pets PETS H7",
            "14 kind CLIENT_DECLINED_OTHER H11", "15 risk NEED_OTHER H11", "16 consent CLIENT_DECLINED_OTHER H11",
        ])
    }
}
