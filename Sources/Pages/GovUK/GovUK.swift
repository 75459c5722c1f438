/// The components of the GOV.UK Design System, by its own names and with its own options.
///
/// The markup is that of GOV.UK Frontend 5.11.1. A component with a control shows what was typed and what is wrong
/// with it, from `Answers`. Its ids follow its name, so that the error summary's links reach it.
public enum GovUK {}

extension GovUK {
    /// How large a label, legend, caption or heading is set.
    public enum LabelSize: Sendable {
        /// As large as the text around it.
        case normal
        /// Small and bold: 19 pixels.
        case s
        /// Medium: 24 pixels.
        case m
        /// Large: 36 pixels, the usual size of a page's heading.
        case l
        /// Extra large: 48 pixels.
        case xl

        /// The ending of a class name, such as `--l`; nothing for `.normal`.
        var modifier: String { self == .normal ? "" : "--\(letter)" }

        /// The size's letter in class names; `.normal` counts as `s`.
        var letter: String {
            switch self {
            case .normal, .s: "s"
            case .m: "m"
            case .l: "l"
            case .xl: "xl"
            }
        }
    }

    /// How wide an input is: in characters, for answers of known length, or as a share of the column.
    public enum InputWidth: String, Sendable {
        /// Two characters.
        case two = "govuk-input--width-2"
        /// Three characters.
        case three = "govuk-input--width-3"
        /// Four characters.
        case four = "govuk-input--width-4"
        /// Five characters.
        case five = "govuk-input--width-5"
        /// Ten characters.
        case ten = "govuk-input--width-10"
        /// Twenty characters.
        case twenty = "govuk-input--width-20"
        /// The whole column.
        case full = "govuk-!-width-full"
        /// Three quarters of the column.
        case threeQuarters = "govuk-!-width-three-quarters"
        /// Two thirds of the column.
        case twoThirds = "govuk-!-width-two-thirds"
        /// Half of the column.
        case half = "govuk-!-width-one-half"
        /// A third of the column.
        case oneThird = "govuk-!-width-one-third"
        /// A quarter of the column.
        case oneQuarter = "govuk-!-width-one-quarter"
    }
}

/// See `GovUK.LabelSize`.
public typealias LabelSize = GovUK.LabelSize
/// See `GovUK.InputWidth`.
public typealias InputWidth = GovUK.InputWidth
/// See `GovUK.Choice`.
public typealias Choice = GovUK.Choice
/// See `GovUK.Column`.
public typealias Column = GovUK.Column
/// See `GovUK.SummaryRow`.
public typealias SummaryRow = GovUK.SummaryRow
/// See `GovUK.Action`.
public typealias Action = GovUK.Action
/// See `GovUK.Item`.
public typealias Item = GovUK.Item
