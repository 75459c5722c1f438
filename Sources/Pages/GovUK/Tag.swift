extension GovUK {
    /// The colours of a tag. Colour never says something that the words don't.
    public enum TagColour: String, Sendable, CaseIterable {
        /// The standard blue.
        case standard = ""
        /// Grey.
        case grey
        /// Green.
        case green
        /// Turquoise.
        case turquoise
        /// Blue on light blue.
        case blue
        /// Light blue.
        case lightBlue = "light-blue"
        /// Purple.
        case purple
        /// Pink.
        case pink
        /// Red.
        case red
        /// Orange.
        case orange
        /// Yellow.
        case yellow
    }

    /// The status of something, in a word or two.
    public static func tag(_ text: String, colour: TagColour = .standard) -> HTML {
        let modifier = colour == .standard ? "" : " govuk-tag--\(colour.rawValue)"
        return "<strong class=\"govuk-tag\(modifier)\">\(text)</strong>"
    }
}
