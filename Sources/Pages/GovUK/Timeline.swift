extension GovUK {
    /// Something that happened, for a timeline.
    public struct TimelineEvent: Sendable, Equatable {
        /// What happened, in a few words.
        public let title: String
        /// Who did it.
        public let by: String?
        /// When, as readers say it: "21 November 2025 at 2:30pm".
        public let when: String
        /// When, for machines: ISO 8601.
        public let datetime: String
        /// What else there is to say.
        public let content: HTML

        /// An event.
        public init(_ title: String, by: String? = nil, when: String, datetime: String, content: HTML = .empty) {
            self.title = title
            self.by = by
            self.when = when
            self.datetime = datetime
            self.content = content
        }
    }

    /// Events in the order given, latest first as a rule. The titles are headings of `headingLevel`.
    public static func timeline(_ events: [TimelineEvent], headingLevel: Int = 3) -> HTML {
        "<ol class=\"drystone-timeline\">\(events.map { timelineItem($0, level: min(max(headingLevel, 2), 6)) })</ol>"
    }

    private static func timelineItem(_ event: TimelineEvent, level: Int) -> HTML {
        let by = event.by.map { name -> HTML in
            "<span class=\"drystone-timeline__by\"> by \(name)</span>"
        }
        let content: HTML? = event.content.isEmpty
            ? nil : "<div class=\"drystone-timeline__content\">\(event.content)</div>"
        return """
            <li class="drystone-timeline__item"><div class="drystone-timeline__header">\
            <h\(level) class="drystone-timeline__title">\(event.title)</h\(level)>\(by)</div>
            <p class="drystone-timeline__when"><time datetime="\(event.datetime)">\(event.when)</time></p>\
            \(content)</li>
            """
    }
}
