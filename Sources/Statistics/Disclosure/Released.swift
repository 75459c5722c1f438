/// Something that may leave only after disclosure control, and what is left of it then.
public protocol Releasable: Sendable {
    associatedtype Published: Sendable
}

extension CountTable: Releasable {
    public typealias Published = PublishedTable
}

/// What passed the control. Pages, charts, files and the API take nothing else. Only the control makes one, so nobody
/// can forget it; and it holds nothing that is hidden, so no export can let it out.
public struct Released<Table: Releasable>: Sendable {
    public let published: Table.Published
    /// The rule that it passed, by name.
    public let rule: String
    /// What every output prints below the table.
    public let footnotes: [String]

    init(_ published: Table.Published, _ rule: DisclosureRule, _ footnotes: [String]) {
        self.published = published
        self.rule = rule.name
        self.footnotes = footnotes
    }
}

/// A published number, or that it is withheld. Why is nowhere said: the reason would tell what is small.
public enum PublishedValue: Sendable, Equatable {
    case count(Int)
    case withheld

    public var count: Int? { if case .count(let count) = self { count } else { nil } }

    /// As it is printed everywhere: one symbol, whatever the reason.
    public var text: String { count.map(String.init) ?? "[c]" }
}

/// A table as it leaves.
public struct PublishedTable: Sendable, Equatable {
    public let name: String
    public let dimensions: [CountDimension]
    /// Of each place, by one code of each dimension.
    let values: [[String]: PublishedValue]
    /// A percentage of fewer is withheld: it would give the count away.
    let leastBase: Int

    /// Every place of the table, the last dimension first to change.
    public var places: [[String]] { dimensions.places }

    public func value(_ at: [String]) -> PublishedValue { values[at] ?? .withheld }

    /// A whole percentage, from published numbers only, halves up. Withheld on a small base, and where it would say
    /// that all of a group, or none of it, is something.
    public func percent(of part: [String], in whole: [String]) -> PublishedValue {
        guard let count = value(part).count, let base = value(whole).count, base >= leastBase, count > 0, count < base
        else { return .withheld }
        return .count((count * 200 + base) / (2 * base))
    }

    /// Codes of a dimension for a chart or a sorted table: by their published numbers, the largest first. Those that
    /// are withheld come last, in the order of their names: their place must not tell their size.
    public func order(of axis: Int, at place: [String]) -> [String] {
        let totals = Set(dimensions[axis].sums.map(\.total))
        return dimensions[axis].codes.filter { !totals.contains($0) }.map { code in
            var at = place
            at[axis] = code
            return (code: code, count: value(at).count ?? -1)
        }.sorted { ($1.count, $0.code) < ($0.count, $1.code) }.map(\.code)
    }

    /// Lengths of bars: nil where there is none to draw, which isn't a bar of nothing.
    public func bars(of axis: Int, at place: [String]) -> [(code: String, count: Int?)] {
        order(of: axis, at: place).map { code in
            var at = place
            at[axis] = code
            return (code, value(at).count)
        }
    }
}
