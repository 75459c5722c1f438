extension GovUK {
    /// A numbered page of results, or a gap between numbers.
    public struct PageLink: Sendable, Equatable {
        /// The page's number; nothing for a gap.
        public let number: Int?
        /// Where the page is.
        public let href: String
        /// Whether it is the page shown.
        public let current: Bool

        /// A page.
        public init(_ number: Int, href: String, current: Bool = false) {
            self.init(number: number, href: href, current: current)
        }

        private init(number: Int?, href: String, current: Bool) {
            self.number = number
            self.href = href
            self.current = current
        }

        /// Pages left out.
        public static let gap = PageLink(number: nil, href: "", current: false)
    }

    /// The way through pages of results. With labels and no numbers, the way through a guide.
    public static func pagination(
        previous: String? = nil, next: String? = nil, previousLabel: String? = nil, nextLabel: String? = nil,
        pages: [PageLink] = [], label: String = "Pagination"
    ) -> HTML {
        let isBlock = pages.isEmpty
        let back = previous.map { turn(.previous, href: $0, label: previousLabel, isBlock: isBlock) }
        let on = next.map { turn(.next, href: $0, label: nextLabel, isBlock: isBlock) }
        let list: HTML? = isBlock ? nil : "<ul class=\"govuk-pagination__list\">\(pages.map(pageItem))</ul>"
        let modifier = isBlock ? " govuk-pagination--block" : ""
        return "<nav class=\"govuk-pagination\(modifier)\" aria-label=\"\(label)\">\(back)\(list)\(on)</nav>"
    }

    /// The way through `last` pages while `current` is shown: the first, the last and those around it.
    /// A gap stands for two pages or more. Nothing when there is one page.
    public static func pagination(current: Int, last: Int, href: (Int) -> String) -> HTML? {
        if last < 2 { return nil }
        var pages: [PageLink] = []
        var shown = 0
        for number in 1...last where number == 1 || number == last || abs(number - current) <= 1 {
            if number == shown + 2 { pages.append(PageLink(number - 1, href: href(number - 1))) }
            if number > shown + 2 { pages.append(.gap) }
            pages.append(PageLink(number, href: href(number), current: number == current))
            shown = number
        }
        return pagination(
            previous: current > 1 ? href(current - 1) : nil, next: current < last ? href(current + 1) : nil,
            pages: pages)
    }

    private static func pageItem(_ page: PageLink) -> HTML {
        guard let number = page.number else {
            return "<li class=\"govuk-pagination__item govuk-pagination__item--ellipses\">⋯</li>"
        }
        let modifier = page.current ? " govuk-pagination__item--current" : ""
        return """
            <li class="govuk-pagination__item\(modifier)"><a class="govuk-link govuk-pagination__link" \
            href="\(page.href)" aria-label="Page \(number)"\
            \(attribute: "aria-current", page.current ? "page" : nil)>\(number)</a></li>
            """
    }

    private enum Turn: String {
        case previous = "prev"
        case next = "next"

        var title: String { self == .previous ? "Previous" : "Next" }

        var path: HTML {
            switch self {
            case .previous: """
                m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-\
                4.293-1.414-1.414z
                """
            case .next: """
                m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-\
                6.4062-6.7246-6.7266z
                """
            }
        }
    }

    private static func turn(_ turn: Turn, href: String, label: String?, isBlock: Bool) -> HTML {
        let decorated = isBlock && label == nil ? " govuk-pagination__link-title--decorated" : ""
        let icon: HTML = """
            <svg class="govuk-pagination__icon govuk-pagination__icon--\(turn.rawValue)" \
            xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" \
            viewBox="0 0 15 13"><path d="\(turn.path)"></path></svg>
            """
        let title: HTML = """
            <span class="govuk-pagination__link-title\(decorated)">\(turn.title)\
            <span class="govuk-visually-hidden"> page</span></span>
            """
        let ofLabel = label.map { text -> HTML in
            """
            <span class="govuk-visually-hidden">:</span> <span class="govuk-pagination__link-label">\(text)</span>
            """
        }
        let iconFirst = turn == .previous || isBlock
        return """
            <div class="govuk-pagination__\(turn.rawValue)"><a class="govuk-link govuk-pagination__link" \
            href="\(href)" rel="\(turn.rawValue)">\(iconFirst ? icon : nil)\(title)\(ofLabel)\
            \(iconFirst ? nil : icon)</a></div>
            """
    }
}
