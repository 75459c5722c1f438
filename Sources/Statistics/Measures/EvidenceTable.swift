/// A table that may be shown to anybody, with where it comes from. There are two ways to have one: what disclosure
/// control lets pass, and what somebody else published. Measures, pictures and the assessment take nothing else.
public struct EvidenceTable: Sendable {
    /// Why it may be shown.
    public enum Standing: Sendable, Equatable {
        /// It passed disclosure control by this rule.
        case released(rule: String)
        /// It is public already: by whom, in what, when.
        case published(by: String, title: String, on: String)

        public var words: String {
            switch self {
            case .released(let rule): "Released by the rule \(rule)."
            case .published(let by, let title, let on): "Published by \(by): \(title), \(on)."
            }
        }
    }

    /// What it is about, beside its counts.
    public struct About: Sendable {
        public let id: String
        public let unit: CountedUnit
        public let area: String
        public let source: String
        public let notes: [QualityNote]

        public init(id: String, unit: CountedUnit, area: String, source: String, notes: [QualityNote] = []) {
            (self.id, self.unit, self.area, self.source, self.notes) = (id, unit, area, source, notes)
        }
    }

    public let about: About
    public let standing: Standing
    public let footnotes: [String]
    let published: PublishedTable
    private let gaps: [[String]: EvidenceValue]

    public var name: String { published.name }
    public var dimensions: [CountDimension] { published.dimensions }
    public var places: [[String]] { published.places }

    /// A number, or why there is none.
    public func value(_ at: [String]) -> EvidenceValue {
        if let gap = gaps[at] { return gap }
        return published.value(at).count.map(EvidenceValue.count) ?? .withheld
    }

    /// Codes of a dimension without its totals: by their numbers, the largest first; then those without a number, in
    /// the order of their names, since their place must not tell their size.
    public func order(of axis: Int, at place: [String]) -> [String] {
        let found = published.order(of: axis, at: place)
        func at(_ code: String) -> [String] {
            var at = place
            at[axis] = code
            return at
        }
        return found.filter { value(at($0)).count != nil } + found.filter { value(at($0)).count == nil }.sorted()
    }

    /// Whether a share or a change of so few may be shown.
    var leastBase: Int { published.leastBase }
    var isReleased: Bool { if case .released = standing { true } else { false } }

    /// What was released. `gaps`: cells that stand in it as nothing, because nothing was handed in.
    public init(_ released: Released<CountTable>, _ about: About, gaps: [[String]: EvidenceValue] = [:]) {
        self.about = about
        standing = .released(rule: released.rule)
        footnotes = released.footnotes
        published = released.published
        self.gaps = gaps.filter { $0.value.count == nil }
    }

    /// What somebody else published, as it was published. Whoever says so puts a name to it: it is printed below.
    public init(
        publishedBy by: String, in title: String, on: String, name: String, _ dimensions: [CountDimension],
        cells: [[String]: EvidenceValue], _ about: About
    ) throws(DisclosureProblem) {
        for (what, text) in [("by whom", by), ("in what", title), ("when", on)] where text.isEmpty {
            throw DisclosureProblem("table \(name) is said to be published, but not \(what)")
        }
        let counts = cells.compactMapValues { $0.count.map(CountCell.shown) }
        // The same checks of names and sums as of any table.
        let table = try CountTable(name, dimensions, cells: counts)
        try Self.checkSums(table, cells)
        self.about = about
        standing = .published(by: by, title: title, on: on)
        footnotes = []
        published = PublishedTable(
            name: name, dimensions: table.dimensions, values: cells.compactMapValues { $0.count.map { .count($0) } },
            leastBase: 0)
        gaps = cells.filter { $0.value.count == nil }
    }

    /// Others' tables are wrong now and then: where all parts are there, they must add up.
    private static func checkSums(
        _ table: CountTable, _ cells: [[String]: EvidenceValue]
    ) throws(DisclosureProblem) {
        for (axis, dimension) in table.dimensions.enumerated() {
            for sum in dimension.sums {
                for at in table.places where at[axis] == sum.total {
                    guard let total = cells[at]?.count else { continue }
                    let parts = sum.parts.map { part -> EvidenceValue? in
                        var place = at
                        place[axis] = part
                        return cells[place]
                    }
                    if parts.contains(where: { $0 == nil || $0 == .withheld }) { continue }
                    let added = parts.reduce(0) { $0 + ($1?.count ?? 0) }
                    guard added == total else {
                        throw DisclosureProblem("\(table.id(at)) is \(total), and its parts add up to \(added)")
                    }
                }
            }
        }
    }
}

/// Tables as they come in a file: said to have been released, and checked to be so before anything is made of them.
public struct EvidenceDraft: Sendable {
    let name: String
    let dimensions: [CountDimension]
    let cells: [[String]: EvidenceValue]
    let about: EvidenceTable.About

    public init(
        _ name: String, _ dimensions: [CountDimension], cells: [[String]: EvidenceValue], _ about: EvidenceTable.About
    ) {
        (self.name, self.dimensions, self.cells, self.about) = (name, dimensions, cells, about)
    }

    /// All of them side by side, as a reader has them: refused where a small count is shown, or one that is withheld
    /// can be worked out from the rest. `same` and `accumulations` say what ties them, as in a release.
    public static func admit(
        _ drafts: [EvidenceDraft], _ rule: DisclosureRule, same: [[String]] = [],
        accumulations: [ReleaseRequest.Accumulation] = []
    ) throws(DisclosureRefusal) -> [EvidenceTable] {
        if drafts.isEmpty { return [] }
        var tables: [CountTable] = []
        for draft in drafts {
            do { tables.append(try draft.table()) } catch { throw .problem(error) }
        }
        var known: Set<String> = []
        if let twice = tables.map(\.name).first(where: { !known.insert($0).inserted }) {
            throw .problem(DisclosureProblem("two tables have the name \(twice)"))
        }
        let release = try DisclosureControl.release(
            ReleaseRequest(tables, same: same, accumulations: accumulations), rule)
        return zip(drafts, release.tables).map { draft, released in
            EvidenceTable(
                released.keeping { draft.cells[$0] != .withheld && draft.cells[$0] != nil }, draft.about,
                gaps: draft.cells.filter { $0.value != .withheld })
        }
    }

    /// What wasn't handed in adds nothing to a total.
    private func table() throws(DisclosureProblem) -> CountTable {
        let cells = self.cells.mapValues { value -> CountCell in
            switch value {
            case .count(let count): .shown(count)
            case .withheld: .hidden(nil)
            case .noReturn, .notAsked, .notAvailable: .shown(0)
            }
        }
        return try CountTable(name, dimensions, cells: cells)
    }
}

extension Released where Table == CountTable {
    /// What was withheld before stays so, also where it follows from the rest.
    func keeping(_ isShown: ([String]) -> Bool) -> Released {
        let table = published
        return Released(
            PublishedTable(
                name: table.name, dimensions: table.dimensions,
                values: table.values.filter { isShown($0.key) || $0.value == .withheld }, leastBase: table.leastBase),
            rule: rule, footnotes: footnotes)
    }

    private init(_ published: PublishedTable, rule: String, footnotes: [String]) {
        self.published = published
        self.rule = rule
        self.footnotes = footnotes
    }
}
