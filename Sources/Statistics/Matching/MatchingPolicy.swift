/// The order in which preferences are looked at, as data with a version: the next counts only where all before it are
/// equal. There are no weights, so each place in a list has one reason that can be said in a sentence.
public struct MatchingPolicy: Hashable, Sendable, Codable {
    /// Which version this is; kept with each recommendation.
    public let version: Int
    /// First things first; each once.
    public let order: [Preference]

    /// What stands twice in `order` counts where it stands first.
    public init(version: Int, order: [Preference]) {
        self.version = version
        self.order = order.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// What counts where nothing else was agreed.
    public static let standard = MatchingPolicy(version: 1, order: Preference.allCases)

    /// What makes one unit better than another, as a number: the lower the better. The order here is the standard one.
    public enum Preference: String, Hashable, Sendable, Codable, CaseIterable {
        /// Services by and for a group, or specialist, that were asked for and are not this one.
        case groups
        /// Languages asked for that nobody speaks there.
        case languages
        /// The band of distance to school, work or support.
        case distance
        /// 0 in an area asked for, 1 elsewhere.
        case area
        /// Beds that stay empty.
        case spareBeds
        /// Adaptations that nobody in the household needs: such a unit is kept for somebody who does.
        case sparedAdaptations
        /// Days from when it is needed until it is free.
        case wait
        /// How much its provider was given lately: the caller's figure.
        case balance
    }
}
