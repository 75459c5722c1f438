/// What is wrong with tables that were handed in, in a sentence that says where.
public struct DisclosureProblem: Error, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// One way in which a table is divided: its codes, and which of them are sums of others.
public struct CountDimension: Sendable, Equatable, Codable {
    /// A code that is the sum of others: "Total", or "County" of its districts.
    public struct Sum: Sendable, Equatable, Codable {
        public let total: String
        public let parts: [String]

        public init(_ total: String, of parts: [String]) {
            self.total = total
            self.parts = parts
        }
    }

    public let name: String
    public let codes: [String]
    public let sums: [Sum]

    /// Codes that stand only among `sums` are added at the end.
    public init(_ name: String, codes: [String] = [], sums: [Sum] = []) {
        self.name = name
        self.sums = sums
        var all = codes, known = Set(codes)
        for code in sums.flatMap({ [$0.total] + $0.parts }) where known.insert(code).inserted { all.append(code) }
        self.codes = all
    }

    /// Plain codes with a total of all of them.
    public init(_ name: String, of parts: [String], total: String = "Total") {
        self.init(name, codes: parts + [total], sums: [Sum(total, of: parts)])
    }
}

/// A cell before disclosure control.
public enum CountCell: Sendable, Equatable {
    /// A true count, about which the control decides.
    case count(Int)
    /// Public since an earlier release, and so known to every reader.
    case shown(Int)
    /// Hidden in an earlier release; the count where it is on record.
    case hidden(Int?)
}

extension [CountDimension] {
    /// Every place by one code of each, the last dimension first to change.
    var places: [[String]] {
        reduce([[]]) { places, dimension in places.flatMap { at in dimension.codes.map { at + [$0] } } }
    }
}

/// A table of true counts of any number of dimensions, with its sums. It never leaves: `DisclosureControl` makes a
/// `Released` table of it, or refuses.
public struct CountTable: Sendable, Equatable {
    public let name: String
    public let dimensions: [CountDimension]
    /// By one code of each dimension, in their order.
    public let cells: [[String]: CountCell]
    /// Codes of a single provider or place: their counts are hidden whatever they are, since a refuge's row says where
    /// somebody is.
    public let single: Set<String>

    public init(
        _ name: String, _ dimensions: [CountDimension], cells: [[String]: CountCell], single: Set<String> = []
    ) throws(DisclosureProblem) {
        self.name = name
        self.dimensions = dimensions
        self.cells = cells
        self.single = single
        try check()
    }

    /// Every place of the table, the last dimension first to change.
    public var places: [[String]] { dimensions.places }

    /// The name of a cell: table and codes with bars between.
    public func id(_ at: [String]) -> String { ([name] + at).joined(separator: "|") }

    private func check() throws(DisclosureProblem) {
        guard !name.isEmpty else { throw DisclosureProblem("a table has no name") }
        guard !dimensions.isEmpty else { throw DisclosureProblem("table \(name) has no dimension") }
        for dimension in dimensions { try check(dimension) }
        let size = dimensions.reduce(1) { min($0 * $1.codes.count, DisclosureLimits.cells + 1) }
        guard size <= DisclosureLimits.cells else {
            throw DisclosureProblem("table \(name) has more than \(DisclosureLimits.cells) cells")
        }
        let known = dimensions.map { Set($0.codes) }
        for at in cells.keys.sorted(by: { $0.lexicographicallyPrecedes($1) })
        where at.count != known.count || !zip(at, known).allSatisfy({ $1.contains($0) }) {
            throw DisclosureProblem("table \(name) has a cell \(at.joined(separator: "|")) outside its dimensions")
        }
    }

    private func check(_ dimension: CountDimension) throws(DisclosureProblem) {
        let place = "table \(name), \(dimension.name)"
        guard !dimension.codes.isEmpty else { throw DisclosureProblem("\(place): there are no codes") }
        guard Set(dimension.codes).count == dimension.codes.count else {
            throw DisclosureProblem("\(place): a code stands there twice")
        }
        guard !dimension.codes.contains(where: { $0.contains("|") }) else {
            throw DisclosureProblem("\(place): a code can't have a bar (|) in it")
        }
        for sum in dimension.sums where sum.parts.isEmpty || sum.parts.contains(sum.total)
            || Set(sum.parts).count != sum.parts.count {
            throw DisclosureProblem("\(place): \(sum.total) must be the sum of other codes, each once")
        }
    }
}

/// What the control takes on; more is another file.
public enum DisclosureLimits {
    public static let cells = 20_000
    public static let count = 1_000_000_000
}
