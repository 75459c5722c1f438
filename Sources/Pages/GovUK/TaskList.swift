extension GovUK {
    /// Where a task stands.
    public enum TaskStatus: Sendable, Equatable {
        /// Done: plain words, so that what is left stands out.
        case completed
        /// Waiting for another task: grey words.
        case cannotStartYet
        /// Anything else: a tag.
        case tag(String, TagColour)

        /// Not begun or not finished.
        public static let incomplete = TaskStatus.tag("Incomplete", .blue)
    }

    /// A task of a longer form.
    public struct TaskItem: Sendable, Equatable {
        /// What to do.
        public let title: String
        /// Where to do it; nothing when it can't be started.
        public let href: String?
        /// A line of help.
        public let hint: String?
        /// Where it stands.
        public let status: TaskStatus

        /// A task.
        public init(_ title: String, href: String? = nil, hint: String? = nil, status: TaskStatus) {
            self.title = title
            self.href = href
            self.hint = hint
            self.status = status
        }
    }

    /// Tasks with their status. `idPrefix` tells two lists on a page apart.
    public static func taskList(_ tasks: [TaskItem], idPrefix: String = "task-list") -> HTML {
        let items = tasks.enumerated().map { index, task in taskItem(task, id: "\(idPrefix)-\(index + 1)") }
        return "<ul class=\"govuk-task-list\">\(items)</ul>"
    }

    private static func taskItem(_ task: TaskItem, id: String) -> HTML {
        let describedBy = classes([task.hint.map { _ in "\(id)-hint" }, "\(id)-status"])
        let title: HTML = if let href = task.href {
            """
            <a class="govuk-link govuk-task-list__link" href="\(href)" aria-describedby="\(describedBy)">\
            \(task.title)</a>
            """
        } else {
            "<div>\(task.title)</div>"
        }
        let hint = task.hint.map { text -> HTML in
            "<div id=\"\(id)-hint\" class=\"govuk-task-list__hint\">\(text)</div>"
        }
        let withLink = task.href == nil ? "" : " govuk-task-list__item--with-link"
        return """
            <li class="govuk-task-list__item\(withLink)">\
            <div class="govuk-task-list__name-and-hint">\(title)\(hint)</div>\(taskStatus(task.status, id: id))</li>
            """
    }

    private static func taskStatus(_ status: TaskStatus, id: String) -> HTML {
        let waits = status == .cannotStartYet ? " govuk-task-list__status--cannot-start-yet" : ""
        let words: HTML = switch status {
        case .completed: "Completed"
        case .cannotStartYet: "Cannot start yet"
        case .tag(let text, let colour): tag(text, colour: colour)
        }
        return "<div class=\"govuk-task-list__status\(waits)\" id=\"\(id)-status\">\(words)</div>"
    }
}
