extension Audience {
    /// A sound text to begin with. It is public only when the partnership has confirmed it, with its own names in it.
    /// A line that begins with "## " is a heading.
    var defaultText: String {
        switch self {
        case .people: Self.peopleText
        case .children: Self.childrenText
        case .named: Self.namedText
        case .professionals: Self.professionalsText
        case .staff: Self.staffText
        }
    }

    private static let rights = """
        ## Your rights
        You can ask to see what we keep about you, to have it put right or erased, to have us use it less, and you can \
        object to what we do with it. We answer within a month. Tell anybody you talk to here, in any way that is safe \
        for you. We may have to refuse where it would put somebody in danger, and we say why.

        ## If you are not content
        Tell us. We write back within 30 days to say that we have your complaint, and answer it as soon as we can. You \
        can also complain to the Information Commissioner: ico.org.uk.

        ## Who we are
        Several organisations work together in this service. Each looks after the records that it makes. Our data \
        protection officer answers questions about this page: ask anybody here to put you in touch.
        """

    private static let peopleText = """
        We keep only what we need to support you, and we keep it as safe as we can.

        ## What we keep
        Your name and how we may reach you safely, what you tell us, what we agree, and what we do. Some of it is very \
        personal, such as your health.

        ## Why we may
        Because supporting people is a public task, or something that we and you have good reason for (UK GDPR, \
        Article 6(1)(e) and (f)), and because keeping people safe needs it (Article 9(2)(g) and (h)). We don’t rest it \
        on your consent. Where we ask for your agreement, you may say no and lose nothing by it.

        ## Who else is told
        Usually nobody without your knowing. We tell others without your agreement only where a child or somebody else \
        would be in danger, or where the law says so. We tell them no more than they need.

        ## How long
        Six years after we last worked together, unless a court or a review needs it longer.

        """ + "\n" + rights

    private static let childrenText = """
        This page is for you if you are under 18.

        ## What we write down
        Your name, your birthday, what you tell us, and what the adults around you tell us.

        ## Why
        So that we can help you and keep you safe, and so that you needn’t tell everything twice.

        ## Who can read it
        The people here who help you. We tell somebody else, such as your school, only if it helps you or keeps you \
        safe. If we think that somebody may get hurt we have to tell, and we try to tell you first.

        ## How long
        Until you are 25.

        ## What you can ask for
        You can ask what we wrote about you. You can say that something is wrong, or that you don’t want it used. Ask \
        anybody here. If you are cross with us about it, tell us, and we write back within 30 days. You can also tell \
        the Information Commissioner: ico.org.uk.
        """

    private static let namedText = """
        We may keep your name and facts about you because somebody told us about you, or because you work with us.

        ## What we keep
        Your name, date of birth and address, what is said about you and by which kind of source, what you tell us, \
        and whether you came to what we agreed.

        ## Why we may
        To keep people safe and to prevent crime. That is a public task, or something that we and others have good \
        reason for (UK GDPR, Article 6(1)(e) and (f); Article 9(2)(g); Data Protection Act 2018, Schedule 1, \
        paragraphs 10 and 18). What is said about you may be about crimes (Article 10).

        ## Who else is told
        The police, children’s services or others, where somebody would be in danger otherwise or where the law says so.

        ## What you may not be told
        The law lets us keep back who told us something, where somebody is, and whether we know a certain person.

        ## How long
        Six years after we last worked with you or with whoever told us.

        """ + "\n" + rights

    private static let professionalsText = """
        When you send somebody to us, or work with us about somebody, we keep your name, your organisation, how to \
        reach you at work, and what you told us.

        ## Why we may
        To do our work and to show how it was done (UK GDPR, Article 6(1)(e) and (f)).

        ## Who else is told
        The organisations of this service that work with the person. Somebody who asks what we keep about them may be \
        told what you wrote, where nobody is put in danger by it.

        ## How long
        As long as the record of the person: usually six years after we last worked with them.

        """ + "\n" + rights

    private static let staffText = """
        This is for everybody who has an account here.

        ## What we keep
        Your name, work e-mail and role; when you sign in; each record that you open, change, print or share, with the \
        time and the purpose that you give; and whom you tell us that you know.

        ## Matching
        Your name, and what you tell us about people whom you know, are compared with the people on record: by name, \
        date of birth, telephone number and address. A record of somebody whom you may know is sealed from you. This \
        happens silently: nobody tells you whether anything matched, and neither do lists, searches or counts. The \
        data protection officer sees what matched, decides what is not certain, and can end a sealing.

        ## Unusual access
        The data protection officer sees each day who looked at somebody of their own surname or postcode, at somebody \
        with whom they had nothing to do, or at very many people. People on record may be told that their record was \
        opened, when and why, without your name.

        ## Why we may
        The law asks us to keep records secure and to prove it (UK GDPR, Articles 5(1)(f), 6(1)(c) and 32), and we \
        have a legitimate interest in finding misuse (Article 6(1)(f)).

        ## How long
        Six years after you leave. The log stays as long as the records that it is about.

        """ + "\n" + rights
}
