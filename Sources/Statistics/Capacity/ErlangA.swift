/// A waiting list whose households give up (M/M/c+M; C. Palm, 1957; Garnett, Mandelbaum and Reiman, 2002): who finds
/// no space waits in order of arrival, for a time of their own that is exponential with the mean `patience`.
public struct ErlangA: Sendable, Equatable {
    /// The share of all arrivals that gives up waiting.
    public let gaveUp: Double
    /// The share of all arrivals that finds no space free when they come.
    public let waited: Double
    /// Households waiting at a time, as a mean.
    public let waiting: Double

    /// `arrivals` are per day, `stay` and `patience` mean days, all above 0; without arrivals nothing is lost, and of
    /// what is no such number, or of a hundred million households at a time, all answers are no number.
    public init(arrivals: Double, stay: Double, spaces: Int, patience: Double) {
        guard arrivals > 0, stay > 0, patience > 0, arrivals * stay < 1e8, arrivals * patience < 1e8 else {
            let nothing = arrivals == 0 ? 0 : Double.nan
            (gaveUp, waited, waiting) = (nothing, nothing, nothing)
            return
        }
        let spaces = max(spaces, 0), leaving = 1 / stay, givingUp = 1 / patience
        func rate(_ present: Int) -> Double {
            leaving * Double(min(present, spaces)) + givingUp * Double(max(0, present - spaces))
        }
        // States are weighed relative to the likeliest, outwards from it, so nothing over- or underflows.
        var mode = 0
        if rate(spaces) > arrivals {
            mode = Int(nearest: (arrivals / leaving).rounded(.down))
        } else {
            mode = spaces + Int(nearest: ((arrivals - rate(spaces)) / givingUp).rounded(.down))
        }
        var all = 0.0, full = 0.0, queue = 0.0
        func add(_ present: Int, _ weight: Double) {
            all += weight
            guard present >= spaces else { return }
            full += weight
            queue += weight * Double(present - spaces)
        }
        add(mode, 1)
        var weight = 1.0, present = mode
        while weight > 1e-20 {
            present += 1
            weight *= arrivals / rate(present)
            add(present, weight)
        }
        weight = 1
        present = mode
        while present > 0, weight > 1e-20 {
            weight *= rate(present) / arrivals
            present -= 1
            add(present, weight)
        }
        waited = full / all
        waiting = queue / all
        gaveUp = givingUp * waiting / arrivals
    }

    /// The same of a year's demand; a void holds its space as a stay does.
    public init(_ demand: AccommodationDemand, spaces: Int, patience: Double) {
        self.init(
            arrivals: demand.referrals / AccommodationDemand.year, stay: demand.stay + demand.void, spaces: spaces,
            patience: patience)
    }

    /// The fewest spaces with which at most `target` of all arrivals give up; nil beyond `most`.
    public static func spaces(
        _ demand: AccommodationDemand, patience: Double, target: Double, most: Int = 100_000
    ) -> Int? {
        // A list never loses more than no list does.
        guard var high = demand.spaces(target: target), high <= most else { return nil }
        var low = 0
        while low < high {
            let middle = (low + high) / 2
            let gaveUp = ErlangA(demand, spaces: middle, patience: patience).gaveUp
            if gaveUp <= target { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
