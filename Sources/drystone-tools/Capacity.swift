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

            Exit codes: 0 answered, 1 no number of spaces reaches the target, 2 not understood. \
            docs/guide/capacity.md says what each figure means and when not to believe it.
            """)

    @Option(parsing: .unconditional, help: ArgumentHelp("Households referred in a year.", valueName: "R"))
    var referralsPerYear: Double
    @Option(parsing: .unconditional, help: ArgumentHelp(
        "The mean stay in days, of all stays: leavers alone are too short, the median is another thing.",
        valueName: "D"))
    var stayDays: Double
    @Option(parsing: .unconditional, help: ArgumentHelp("Spaces, each for one household.", valueName: "N"))
    var spaces: Int?
    @Option(help: ArgumentHelp("Household sizes and unit sizes.", valueName: "file"))
    var mix: String?
    @Option(parsing: .unconditional, help: ArgumentHelp(
        "The share of households referred that may be turned away, as 5% or 0.05.", valueName: "share"))
    var target = Share(argument: "5%")!
    @Option(parsing: .unconditional, help: ArgumentHelp(
        "Days that a space stands empty between stays.", valueName: "V"))
    var voidDays = 0.0
    @Option(parsing: .unconditional, help: ArgumentHelp(
        "The same seed gives the same simulation, on every platform.", valueName: "number"))
    var seed: UInt64 = 1
    @Flag(help: "One JSON document on standard output.")
    var json = false

    func validate() throws {
        if spaces == nil, mix == nil {
            throw ValidationError("Missing expected argument '--spaces <N>' (or '--mix <file>').")
        }
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
        let demand = AccommodationDemand(referrals: referralsPerYear, stay: stayDays, void: voidDays)
        guard let mix else {
            return CapacityQuestion(demand, spaces: spaces ?? 0, target: target.value, seed: seed)
        }
        let sizes = try Self.sizes(mix)
        if let spaces, spaces != sizes.spaces {
            throw Unreadable(
                text: "the units of \(mix) add to \(sizes.spaces), --spaces says \(spaces); leave --spaces out.")
        }
        return CapacityQuestion(demand, spaces: sizes.spaces, target: target.value, mix: sizes, seed: seed)
    }

    private static func sizes(_ path: String) throws -> UnitMix {
        let text = try Terminal.text(of: path)
        do {
            return try UnitMixFile.read(text)
        } catch {
            throw Unreadable(text: "\(path) can't be used: \(error.description).")
        }
    }
}
