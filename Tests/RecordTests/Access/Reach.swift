import Foundation
@testable import App
@testable import AppTestSupport

/// What everybody of the cast reaches, stated by hand and independently of the code: the permission tests compare the
/// site with this. Numbers are those of the World's rows in north.
struct Reach {
    /// Agency numbers in which this person has one of the roles.
    let agencies: [(role: Role, agency: Int)]
    let people: Set<Int>
    let cases: Set<Int>
    /// Cases of another agency that are shared with theirs: to read, never to write.
    let shared: Set<Int>

    func has(_ roles: Set<Role>, at agency: Int) -> Bool {
        agencies.contains { $0.agency == agency && roles.contains($0.role) }
    }

    func has(_ roles: Set<Role>) -> Bool { agencies.contains { roles.contains($0.role) } }

    private static let harboursPeople: Set = [101, 102, 104, 105, 106, 107, 108, 109, 110, 111, 112]
    private static let harboursCases: Set = [101, 105, 107, 117, 109, 111]

    private static func harbour(
        _ role: Role, without people: Set<Int> = [], _ cases: Set<Int> = [], shared: Set<Int> = [201]
    ) -> Reach {
        Reach(agencies: [(role, 1)], people: harboursPeople.subtracting(people),
              cases: harboursCases.subtracting(cases), shared: shared)
    }

    private static let nothing = Reach(agencies: [], people: [], cases: [], shared: [])

    static func of(_ person: World.Staff) -> Reach {
        switch person {
        case .hana: harbour(.helplineWorker)
        case .odette: Reach(agencies: [(.helplineWorker, 1), (.helplineWorker, 4)], people: harboursPeople.union([401, 402]),
                          cases: harboursCases.union([401]), shared: [201])
        case .piers: Reach(agencies: [(.perpetratorWorker, 4)], people: [401, 402], cases: [401], shared: [])
        case .rhian: Reach(agencies: [(.referrer, 5)], people: [], cases: [], shared: [])
        case .sefa: Reach(agencies: [(.accommodationWorker, 2)], people: [], cases: [], shared: [])
        case .brannoc: Reach(agencies: [(.analyst, 3)], people: [], cases: [], shared: [])
        case .sorrel: Reach(agencies: [(.commissioner, 3)], people: [], cases: [], shared: [])
        case .ivy: harbour(.idva)
        // Has Wanda's case open in an emergency.
        case .fen: harbour(.idva, shared: [201, 204])
        // On the team of Nell's first case, and so within reach of her.
        case .imran: Reach(agencies: [(.idva, 1)], people: harboursPeople.union([103]),
                           cases: harboursCases.union([103]), shared: [201])
        case .sunita: Reach(agencies: [(.serviceManager, 1)], people: harboursPeople.union([103]),
                            cases: harboursCases.union([103, 113]), shared: [201])
        case .petra: harbour(.idva, without: [105], [105])
        case .carl: harbour(.idva, without: [107], [107, 117])
        case .bilal: harbour(.idva, without: [108, 109, 110], [109])
        case .lucia: Reach(agencies: [(.idva, 2)], people: [201, 202, 203, 204, 205], cases: [201, 203, 204, 205],
                           shared: [301])
        case .lowri: Reach(agencies: [(.serviceManager, 2)], people: [201, 202, 203, 204], cases: [201, 203, 204],
                           shared: [301])
        case .harriet: Reach(agencies: [(.housingOfficer, 3)], people: [301, 302], cases: [301], shared: [])
        case .rosa: Reach(agencies: [(.idva, 1), (.idva, 2)], people: harboursPeople.union([201, 202, 203, 204]),
                          cases: harboursCases.union([201, 203, 204]), shared: [301])
        case .gwen: Reach(agencies: [(.serviceManager, 1), (.administrator, 1)], people: harboursPeople,
                          cases: harboursCases, shared: [])
        case .adaeze: Reach(agencies: [(.administrator, 1)], people: [], cases: [], shared: [])
        case .dilys: Reach(agencies: [(.dataProtectionOfficer, 1)], people: [], cases: [], shared: [])
        case .lena, .yusuf, .tamsin, .noor: nothing
        }
    }
}
