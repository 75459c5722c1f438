/// What is written down about contacts, invented for the demonstration.
enum DemoContactWords {
    /// Why the person harmed got in touch.
    static let harmed = DemoPhrase.lines("""
        {Hers} {perp} [pushed {her} against the door|threw a plate|grabbed {her} by the neck|broke {hers} phone] \
        [last night|on {day}|this morning]. {She} [rang from the car|is at a friend's|waited until {he} left for \
        {work}].
        Left {hers} {perp} {several} weeks ago. {He} [waits outside|sends messages all night|has been to {hers} \
        mother's].
        {She} is not allowed to [see {hers} family|work|have money|lock the bathroom door]. Has never told anyone \
        before.
        Wants to know about [orders|a refuge place|getting {him} out|what the children's services would do].
        {He} [checks {hers} phone|follows {her} on the map|counts the miles on the car]. {She} asked if that is \
        abuse. Told {her} that it is.
        {He} has threatened to [kill {her} if {she} leaves|end {his} own life|take the passport|burn {hers} \
        things|send photos to {hers} work]. {She} believes {him}.
        Rang once before and put the phone down. Ready to talk today.
        Asked for someone who speaks {hers} language. Rang back with an interpreter within the hour.
        {She} was told by {hers} [GP|midwife|manager|sister] to ring us. Not sure that it is bad enough.
        Evicted by {his} family on {day} with one bag. Staying on a sofa in {town}.
        """)

    /// The same, where there are children.
    static let harmedWithChildren = DemoPhrase.lines("""
        Court ordered contact is being used to [frighten|question] {kids}. {She} does not know who to tell.
        {Kids} saw [it|the police take {him}|{her} on the floor]. School has asked what is wrong.
        {He} has threatened to take {kids} and not bring them back. {She} believes {him}.
        Worried what the social worker will say: {kids} were [upstairs|in the car|between them].
        """)

    /// What was typed into the form, the chat or a text, in the sender's own words.
    static let ownWords = DemoPhrase.lines("""
        hi not sure if your the right people. my {perp} [wont let me see my mum|takes my wages|reads my phone]. im \
        not allowed to [work|go out on my own|lock the bathroom]. is that abuse
        Please don't ring, {he} has my phone after six. I need to know about [a refuge|an injunction|my tenancy]. \
        Can you text in the day.
        I left {several} weeks ago and {he} wont stop. {several}0 messages since {day}. Police said keep a log. \
        What now?
        my {perp} [pushed me|had me by the throat|threw me out] last night [and the kids seen it|and I have nowhere \
        to go|]
        I was with you before, name is {client}. It has started again and I feel stupid.
        Is this private? I just want to talk to someone. Mornings are ok when {he} is at {work}.
        can someone ring me at {work}, lunch is {time}. dont leave a message pls
        """)

    /// The same, where the person harming is family and no partner.
    static let harmedByFamily = DemoPhrase.lines("""
        {Hers} {perp} [takes {hers} pension|shouts and breaks things|has put {her} out of {hers} own kitchen]. \
        {She} wants it to stop but not the police.
        {Perp} moved back in and [will not let {her} see a doctor|holds the bank card|hit {her} on {day}].
        Family say {she} must [marry|go abroad in the summer|come home]. {Hers} {perp} has the passport.
        {Hers} {perp} drinks and then {he} comes for {her}. {She} sleeps with a chair against the door.
        """)

    /// What somebody else said about them.
    static let thirdParty = DemoPhrase.lines("""
        [Mother|Sister|Neighbour|Best friend|Colleague] worried about {client}: hears shouting, saw a bruise. Told \
        how to be there for {her}, and to leave it to {her} to ring.
        Caller is [{hers} landlady|a parent from {school}|an aunt]. Does not want {her} to know that she rang.
        Grown-up daughter rings about her mother and her {perp}. Asked what we can do if mum says no.
        Neighbour through the wall: {he} screams half the night. Advised 999 when it happens, safeguarding number \
        given.
        """)

    /// What a professional said.
    static let professional = DemoPhrase.lines("""
        [GP|Practice nurse|A and E sister|Health visitor|Midwife] refers with consent: injuries [to the face|to the \
        wrist] do not match the story told with {perp} in the room.
        [Officer|PC|Call handler] refers after an incident on {day}. {She} agreed to a call, [mornings only|not at \
        home].
        [Social worker|Early help worker] asks for support alongside a single assessment. Consent recorded.
        [School safeguarding lead|Teacher|Pastoral head] rang: a pupil said that {he} hurts mum. Asked for advice.
        [Housing options|Housing officer] refers: homeless tonight because of {hers} {perp}.
        [Turning Point|The hospital team|The job centre] refers, [third referral this year|no earlier contact with \
        us].
        Probation: {he} is released on {weekday}, they want {her} told and supported.
        """)

    /// What somebody said about their own behaviour.
    static let ownBehaviour = DemoPhrase.lines("""
        Says {he} loses it with {his} partner and is frightened of what comes next. Programme explained.
        Told by social care to ring. [Blames|Does not blame] the partner. Details of the behaviour change course \
        given.
        Asked whether what {he} did is a crime. Told {him} straight. Will think about the course.
        """)

    /// Nobody spoke.
    static let silent = DemoPhrase.lines("""
        Silent call, [{several}0 seconds|two minutes]. [Breathing|Television|A child in the background|Traffic]. \
        Said who we are and when we are here.
        Line open, no one spoke. Said that they can tap the phone for yes. [Two taps, then cut off|Nothing|Cut off].
        [Fifth|Second|Third] silent call this week[, same time of day|]. Number withheld.
        """)

    /// Not for us.
    static let wrongNumber = DemoPhrase.lines("""
        Wrong number, wanted [the council tax|a taxi|the vet|the water company].
        Sales call.
        Asked for Dave. No Dave here.
        Wrong number but asked what we do. Leaflet link given.
        """)

    /// Messages that cannot be placed, by channel.
    static let unknown: [String: [DemoPhrase]] = [
        "voicemail": DemoPhrase.lines("""
            No name, [crying|a woman's voice|a man's voice, angry]. No number. Cannot ring back.
            Breathing, a door, end of message.
            """),
        "webchat": DemoPhrase.lines("""
            Left the chat after two lines.
            "[are you a person|is this private]". Answered, gone.
            """),
        "text": DemoPhrase.lines("""
            "[are you open|is this private|can you help my mum]". Answered, no reply.
            """),
        "email": DemoPhrase.lines("""
            No name, new address. Answered with safe ways to reach us.
            """),
    ]

    /// Later news in a case that is open.
    static let later = DemoPhrase.lines("""
        Rang for {hers} worker, who was out. [Will ring back in the safe hours|Message passed on|Put through to duty].
        Wanted to say that {he} [has been charged|came to the door|is back in the house|has a new partner].
        Frightened tonight. Stayed on the line until {hers} [sister came|neighbour was there]. Police told, with \
        consent.
        Asked for the date of the [hearing|appointment|group].
        """)

    /// Advice to the person harmed.
    static let advice = DemoPhrase.lines("""
        Safety tonight, 999 and the silent solution. How we work. [Orders|Housing rights|Support for children] \
        explained.
        Listened. Options set out, none pressed. Number saved under another name.
        Code for the chat page, clearing the call list, numbers that don't show on bills.
        GP about the [neck|head|wrist], today. Nothing to be signed. Safe times agreed.
        What an order can do and what it can't. Solicitors who take legal aid.
        """)

    /// Advice to somebody else.
    static let adviceToOthers = DemoPhrase.lines("""
        How to support without taking over. Safe times and what not to text.
        Referral explained, consent asked for, written record offered.
        999 when it happens, and not to face {him}. Our number for {her} to keep.
        Safeguarding first where there are children. How to ask {her} alone.
        """)

    /// What was promised.
    static let promised = DemoPhrase.lines("""
        A call from a worker within 48 hours, inside the safe times.
        To ring back [{weekday}|tomorrow] at {time}.
        An interpreter at the next call.
        To send nothing by post.
        That we will not ring; {she} will.
        """)

    /// The remark on one attempt to reach somebody.
    static let attempts: [String: [DemoPhrase]] = [
        "spoke": DemoPhrase.lines("""
            Spoke for {several}0 minutes.
            Alone, could talk.
            Spoke, [calm|tired|tearful|hopeful], wants the next call on {weekday}.
            Short, {she} was at {work}.
            """),
        "written": DemoPhrase.lines("""
            Agreed words only.
            Asked for a good time to talk.
            Neutral, first name only.
            """),
        "noAnswer": DemoPhrase.lines("""
            Rang out.
            Straight to voicemail, none left.
            Engaged twice.
            """),
        "unsafeToTalk": DemoPhrase.lines("""
            Said "wrong number" as agreed.
            Somebody in the room. {She} will ring.
            Child answered. Asked for nobody, hung up.
            """),
        "messageLeft": DemoPhrase.lines("""
            Agreed words only.
            Message with first name, no service.
            """),
        "wrongNumber": DemoPhrase.lines("""
            Not {hers} number any more. Asking the referrer.
            """),
        "cancelled": DemoPhrase.lines("""
            {She} cancelled, [child ill|work|not said].
            Our worker was ill, {she} was told in the safe hours.
            """),
    ]
}
