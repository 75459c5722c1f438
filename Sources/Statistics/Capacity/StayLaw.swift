/// How stays are drawn in a simulation. In the loss model only the mean matters; with waiting or unlike units the
/// rest does.
public enum StayLaw: Sendable {
    /// Mean days.
    case exponential(mean: Double)
    /// Every stay as long.
    case fixed(days: Double)
    /// The partnership's own.
    case observed(StaySurvival)

    /// Days.
    public var mean: Double {
        switch self {
        case .exponential(let mean): mean
        case .fixed(let days): days
        case .observed(let survival): survival.mean
        }
    }

    func draw(_ chance: inout Chance) -> Double {
        switch self {
        case .exponential(let mean): chance.exponential(mean: mean)
        case .fixed(let days): days
        case .observed(let survival): survival.draw(&chance)
        }
    }
}
