extension GovUK {
    /// A paragraph.
    public static func paragraph(_ content: HTML) -> HTML { "<p class=\"govuk-body\">\(content)</p>" }

    /// A heading of level 1 to 4. Its size follows the level (large, medium, small) unless given.
    public static func heading(_ level: Int, _ text: String, size: LabelSize? = nil, id: String? = nil) -> HTML {
        let level = min(max(level, 1), 4)
        let usual: LabelSize = level == 1 ? .l : level == 2 ? .m : .s
        let letter = (size ?? usual).letter
        return "<h\(level) class=\"govuk-heading-\(letter)\"\(attribute: "id", id)>\(text)</h\(level)>"
    }

    /// A line above a heading that says what the page is part of. Place it straight before the heading.
    public static func caption(_ text: String, size: LabelSize = .l) -> HTML {
        "<span class=\"govuk-caption-\(size.letter == "s" ? "m" : size.letter)\">\(text)</span>"
    }

    /// How the items of a list are marked.
    public enum ListKind: Sendable {
        /// By dots.
        case bullet
        /// By numbers, when their order matters.
        case number
        /// Not at all.
        case plain
    }

    /// A list.
    public static func list(_ items: [HTML], _ kind: ListKind = .bullet) -> HTML {
        let lines = items.map { item -> HTML in "<li>\(item)</li>" }
        return switch kind {
        case .bullet: "<ul class=\"govuk-list govuk-list--bullet\">\(lines)</ul>"
        case .number: "<ol class=\"govuk-list govuk-list--number\">\(lines)</ol>"
        case .plain: "<ul class=\"govuk-list\">\(lines)</ul>"
        }
    }

    /// Words that only screen readers tell.
    public static func visuallyHidden(_ text: String) -> HTML {
        "<span class=\"govuk-visually-hidden\">\(text)</span>"
    }
}
