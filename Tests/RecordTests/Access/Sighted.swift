import Foundation
@testable import App
@testable import AppTestSupport

/// Whom and which cases a page tells of, by the ids, names and references that stand in it: every list, search, count,
/// paper and file is held against the same statement of reach as the page of a record is.
enum Sighted {
    /// What stands on a page and is out of its reader's reach, in words; empty where all is well.
    static func beyond(_ visitor: World.Staff, on path: String, _ text: String) -> [String] {
        let reach = Reach.of(visitor)
        var numbers = reach.people.union(reach.cases).union(reach.shared)
        // Nell's closed case is as far away as she is.
        if reach.people.contains(103) { numbers.insert(123) }
        // Nerys's case has moved to Harbour, which reads the old one.
        if reach.has(Door.readers, at: 1) { numbers.insert(206) }
        if path == "/emergency" { numbers.formUnion(opened[visitor] ?? []) }
        let isOfficer = reach.has(Door.officers)
        var apart = apart
        if isOfficer { apart.formUnion(ofOfficers) }
        // An agency that refers reads what it sent itself, and nothing else.
        if reach.has(Door.referrers, at: 3) || reach.has(Door.referrers, at: 5) { apart.formUnion(sent) }

        // Whoever runs a home is asked for it, by an offer that names no case.
        if path.hasPrefix("/units"), reach.has(Door.housing) { apart.insert(World.Kind.offer.rawValue) }

        var found: Set<String> = []
        for id in ids(in: text) {
            if id.side == World.Side.south.rawValue { found.insert("south's \(id.kind) \(id.number)") }
            guard !apart.contains(id.kind), (101...499).contains(id.number) else { continue }
            if !numbers.contains(id.number) { found.insert("\(id.kind) \(id.number)") }
        }
        if !isOfficer {
            for reference in references(in: text) where !numbers.contains(reference) {
                found.insert("reference W-\(reference)")
            }
        }
        // In a request about a child stands what its sender wrote, and an officer decides.
        if isOfficer, path.hasPrefix("/child-requests/") { return found.sorted() }
        let known = Set(names.filter { numbers.contains($0.key) }.values)
        for name in Set(names.values) where !known.contains(name) && text.holds(name) { found.insert(name) }
        return found.sorted()
    }

    /// The ids of rows that World.sql made, as `11111111-0000-4000-KIND-NUMBER`.
    private static func ids(in text: String) -> [(side: String, kind: String, number: Int)] {
        text.offsets(of: "-0000-4000-").compactMap { place in
            guard let side = text.slice(place - 8, 8), World.Side(rawValue: side) != nil,
                let kind = text.slice(place + 11, 4), text.slice(place + 15, 1) == "-",
                let number = text.slice(place + 16, 12).flatMap({ Int($0) })
            else { return nil }
            return (side, kind, number)
        }
    }

    /// The numbers of references, as `W-101`: three digits, and no letter or digit of ASCII on either side: a
    /// reference in “quotation marks” is one.
    private static func references(in text: String) -> [Int] {
        func isWord(_ place: Int) -> Bool {
            text.slice(place, 1)?.utf8.first.map { $0 == 95 || isalnum(Int32($0)) != 0 } ?? false
        }
        return text.offsets(of: "W-").compactMap { place in
            if isWord(place - 1) || isWord(place + 5) { return nil }
            return text.slice(place + 2, 3).flatMap { Int($0) }
        }
    }

    private static func kinds(_ kinds: World.Kind...) -> Set<String> { Set(kinds.map(\.rawValue)) }

    /// Rows that carry no person's or case's number. What passes across the wall to a front door names nobody's case
    /// until somebody there finds it; a case that moves is told to whoever is asked to take it.
    private static let apart = kinds(
        .partnership, .area, .threshold, .agency, .rota, .account, .role, .secondRole, .across, .transfer)

    /// What the data protection officer decides: by its number, and by the reference of the record that it is about.
    private static let ofOfficers = kinds(
        .childRequest, .emergency, .dataMatter, .match, .due, .deletion, .hold, .person,
        .pack, .piece)

    private static let sent = kinds(.referral, .waitingReferral)

    /// Cases that somebody opened in an emergency that is over: its reference stays on their own list of those.
    private static let opened: [World.Staff: Set<Int>] = [.hana: [203], .lucia: [107]]

    /// Everybody on record in north, as World.sql calls them. (A name that somebody within reach shares tells nothing.)
    private static let names = [
        101: "Maya Castell", 102: "Marcus Dunmore", 103: "Nell Abernethy-Okoro", 104: "Rafe Sollis",
        105: "Olive Tamboura", 106: "Gregor Haslett", 107: "Priyanka Lovell", 108: "Dean Kasprak",
        109: "Rina Mbeki-Shaw", 110: "Tomas Mbeki-Shaw", 111: "Ines Faulkner", 112: "Zoë O", 201: "Farida Oakes",
        202: "Colm Drury", 203: "Beth Nakamura-Pryce", 204: "Wanda Ilesanmi", 205: "Sorcha Bellamy",
        206: "Nerys Attah-Vaughan", 301: "Agnes Quill", 302: "Lionel Quill", 401: "Marcus Dunmore", 402: "Maya Castell",
    ]
}
