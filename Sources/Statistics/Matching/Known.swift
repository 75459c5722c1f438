/// A fact that may not be known. In matching, what is not known is asked, never taken as a yes or a no.
public enum Known<Value> {
    case known(Value)
    case unknown

    /// What is known, or nothing.
    public var value: Value? {
        guard case .known(let value) = self else { return nil }
        return value
    }

    /// Whether nobody has said.
    public var isUnknown: Bool { value == nil }

    /// A nullable column: nothing is "unknown", which is not "no".
    public init(_ value: Value?) { self = value.map(Known.known) ?? .unknown }
}

extension Known: Equatable where Value: Equatable {}
extension Known: Hashable where Value: Hashable {}
extension Known: Sendable where Value: Sendable {}

/// Yes, no or not known for each case of a closed list: `.known([.dog])` is yes to dogs and no to all else.
public struct Features<Case: BitCase>: Hashable, Sendable {
    /// The cases with a yes.
    public let has: CaseSet<Case>
    /// The cases about which nobody has said. All others are a no.
    public let unknown: CaseSet<Case>

    /// A yes for `has`, not known for `unknown`, a no for the rest; what stands in both is a yes.
    public init(_ has: CaseSet<Case>, unknown: CaseSet<Case> = []) {
        self.has = has
        self.unknown = unknown.subtracting(has)
    }

    /// Everything is said: a yes for these, a no for the rest.
    public static func known(_ has: CaseSet<Case>) -> Features { Features(has) }

    /// Nothing is said.
    public static var unknown: Features { Features([], unknown: .all) }

    /// The same with a no for all but `cases`.
    func only(_ cases: CaseSet<Case>) -> Features {
        Features(has.intersection(cases), unknown: unknown.intersection(cases))
    }

    /// The same with a no for `cases`.
    func without(_ cases: CaseSet<Case>) -> Features {
        Features(has.subtracting(cases), unknown: unknown.subtracting(cases))
    }
}
