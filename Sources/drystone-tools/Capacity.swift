import ArgumentParser
import Statistics

/// A share that somebody types: 5% or 0.05.
struct Share: ExpressibleByArgument {
    let value: Double

    var defaultValueDescription: String { roundPercent(value) }

    init?(argument: String) {
        let isPercent = argument.hasSuffix("%")
        guard let number = Double(isPercent ? String(argument.dropLast()) : argument), number.isFinite,
            isPercent || number < 1
        else { return nil }
        value = isPercent ? number / 100 : number
    }
}

/// An area that somebody types: 176:49 for 176 referrals a year and 49 spaces.
struct Pool: ExpressibleByArgument {
    let value: CapacityPool

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let referrals = Double(parts[0]), (0...1e6).contains(referrals),
            let spaces = Int(parts[1]), (0...CapacityLimits.spaces.upperBound).contains(spaces)
        else { return nil }
        value = CapacityPool(referrals: referrals, spaces: spaces)
    }
}

/// `drystone capacity`
struct Capacity: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Spaces of safe accommodation: the share of households turned away, and the spaces for a target.",
        discussion: """
            The loss model (Erlang B), the interval that a single year's count of referrals implies, and a simulation \
            with a seed that confirms it. All shares are of households referred.

            --mix FILE has sizes, by simulation: a household takes the smallest free unit with beds for all of it. \
            The file is comma-separated, as below. Numbers of households are parts of all, to any scale; stay is the \
            mean in days where it isn't --stay-days; --spaces is the sum of the units and may be left out.

              what,size,number,stay
              household,1,40,
              household,2,25,
              household,4,15,150
              unit,2,12
              unit,4,9

            --stays FILE has the partnership's own stays instead of --stay-days: days each has lasted, and whether \
            the household is still there. Open stays count with what is known of them (Kaplan and Meier).

              days,open
              41,no
              96,yes

            --patience-days, --season-swing and --pool say what else would come out if households waited, if referrals \
            swung over the year, if areas took only their own: each on its own, by closed forms. With --mix the first \
            two are part of the simulation, and --pool can't be used.

            Exit codes: 0 answered, 1 no number of spaces reaches the target, 2 not understood. \
            docs/guide/capacity.md says what each figure means and when not to believe it.
            """)

    @Option(parsing: .unconditional, help: ArgumentHelp("Households referred in a year.", valueName: "R"))
    var referralsPerYear: Double
    @Option(parsing: .unconditional, help: ArgumentHelp(
        "The mean stay in days, of all stays: leavers alone are too short, the median is another thing.",
        valueName: "D"))
    var stayDays: Double?
    @Option(parsing: .unconditional, help: ArgumentHelp("Spaces, each for one household.", valueName: "N"))
    var spaces: Int?
    @Option(help: ArgumentHelp("Household sizes and unit sizes.", valueName: "file"))
    var mix: String?
    @Option(help: ArgumentHelp("The partnership's own stays, instead of --stay-days.", valueName: "file"))
    var stays: String?
    @Option(parsing: .unconditional, help: ArgumentHelp(
        "The share of households referred that may be turned away, as 5% or 0.05.", valueName: "share"))
    var target = Share(argument: "5%")!
    @Option(parsing: .unconditional, help: ArgumentHelp(
        "Days that a space stands empty between stays.", valueName: "V"))
    var voidDays = 0.0
    @Option(parsing: .unconditional, help: ArgumentHelp(
        "Days that a household waits on average before it gives up.", valueName: "P"))
    var patienceDays: Double?
    @Option(parsing: .unconditional, help: ArgumentHelp(
        "How far referrals swing over the year: 20% is a fifth more at the peak, a fifth fewer half a year later.",
        valueName: "share"))
    var seasonSwing: Share?
    @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp(
        "An area that takes only its own: referrals a year and spaces. Once for each area.", valueName: "R:N"))
    var pool: [Pool] = []
    @Option(parsing: .unconditional, help: ArgumentHelp(
        "The same seed gives the same simulation, on every platform.", valueName: "number"))
    var seed: UInt64 = 1
    @Flag(help: "One JSON document on standard output.")
    var json = false

    func validate() throws {
        if spaces == nil, mix == nil, pool.isEmpty {
            throw ValidationError("Missing expected argument '--spaces <N>' (or '--mix <file>').")
        }
        if stayDays == nil, stays == nil {
            throw ValidationError("Missing expected argument '--stay-days <D>' (or '--stays <file>').")
        }
        if stayDays != nil, stays != nil { throw ValidationError("Give --stay-days or --stays, not both.") }
    }

    func run() throws {
        let question = try question()
        if let problem = question.problem { throw Unreadable(text: problem) }
        guard let answer = CapacityAnswer(question) else {
            throw Unreadable(text: "these figures can't be simulated; check the number of households.")
        }
        if json {
            try Terminal.printJSON(CapacityDocument(question, answer))
        } else {
            print(CapacityText(question: question, answer: answer).lines.joined(separator: "\n"))
        }
        if answer.spacesForTarget == nil { throw ExitCode(1) }
    }

    private func question() throws -> CapacityQuestion {
        let records = try stays.map { try Self.content($0, StaysFile.read) } ?? []
        let stay = stayDays ?? StaySurvival(records)?.mean ?? 0
        let demand = AccommodationDemand(referrals: referralsPerYear, stay: stay, void: voidDays)
        let sizes = try mix.map { try Self.content($0, UnitMixFile.read) }
        if let mix, let sizes, let spaces, spaces != sizes.spaces {
            throw Unreadable(
                text: "the units of \(mix) add to \(sizes.spaces), --spaces says \(spaces); leave --spaces out.")
        }
        return CapacityQuestion(
            demand, spaces: sizes?.spaces ?? spaces ?? pool.reduce(0) { $0 + $1.value.spaces }, target: target.value,
            mix: sizes,
            manner: CapacityManner(patience: patienceDays, swing: seasonSwing?.value ?? 0, stays: records),
            pools: pool.map(\.value), seed: seed)
    }

    private static func content<Value>(
        _ path: String, _ read: (String) throws(CapacityFileProblem) -> Value
    ) throws -> Value {
        let text = try Terminal.text(of: path)
        do {
            return try read(text)
        } catch {
            throw Unreadable(text: "\(path) can't be used: \(error.description).")
        }
    }
}
