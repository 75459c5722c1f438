/// Which forenames may be the same person's: short forms, and spellings of names from other scripts.
struct ForenameTable: Sendable {
    /// Groups by the hash of a name. A name is in several: Alex in Alexander's and in Alexandra's.
    private let groups: [UInt64: [UInt16]]
    /// The group that stands for a name where only one may.
    private let heads: [UInt64: UInt16]

    static let standard = ForenameTable(first + "; " + second + "; " + more + "; " + spellings)

    init(_ text: String) {
        var groups: [UInt64: [UInt16]] = [:], sizes: [Int] = []
        for (number, group) in Array(text.utf8).split(separator: 59).enumerated() {
            let names = group.split { $0 == 32 || $0 == 10 }
            sizes.append(names.count)
            for name in names {
                let key = name.withUnsafeBufferPointer { hashBytes($0.baseAddress!, $0.count) }
                if groups[key]?.last != UInt16(number) { groups[key, default: []].append(UInt16(number)) }
            }
        }
        self.groups = groups
        // The largest group, the first of equals: most bearers of a short form stand in it.
        heads = groups.mapValues { numbers in
            numbers.max { (sizes[Int($0)], -Int($0)) < (sizes[Int($1)], -Int($1)) }!
        }
    }

    /// Groups of a name, and the one that stands for it, by the hash of its bytes.
    func find(_ name: UnsafeBufferPointer<UInt8>) -> (groups: [UInt16], head: UInt16)? {
        guard let start = name.baseAddress, !name.isEmpty else { return nil }
        let key = hashBytes(start, name.count)
        guard let found = groups[key], let head = heads[key] else { return nil }
        return (found, head)
    }

    func isRelated(_ one: String, _ other: String) -> Bool {
        func groups(_ name: String) -> [UInt16] { Array(name.utf8).withUnsafeBufferPointer { find($0)?.groups ?? [] } }
        return !Set(groups(one)).isDisjoint(with: groups(other))
    }

    /// Short forms in use in Britain that the list lacks.
    static let more = """
        alison ali alli; amanda mandy; andrew andy drew; angela angie ange; annabel bella; barbara babs; beverley \
        bev; bernadette bernie; caroline caz carrie; carol caz; charlotte charlie lottie char; chloe clo; \
        christopher chris kit topher; claire clare clair; danielle dani danni; deborah debbie debs deb; denise den; \
        diane di; dorothy dot dottie; eleanor ellie nell nellie; elizabeth liz lizzie beth betty libby eliza lisa \
        betsy bess; emily em emmy; emma em ems; frances fran frankie; gareth gaz; gary gaz gazza; gemma gem jemma; \
        gillian gill jill; georgina georgie gina; hannah han; harriet hattie harry; helen nell; jacqueline jackie \
        jacqui; james jim jimmy jamie; jasmine jas jazz; jennifer jen jenny jenni; jeremy jez; jessica jess jessie; \
        joanne jo joanna; jonathan jon jonny; joseph joe joey; josephine jo josie; julia julie jules; katherine kate \
        katie kathy kath kat kitty kay; kayleigh kay; kimberley kim; kirsty kirstie; lauren laurie loz; leanne lee; \
        linda lin lyn; louise lou lulu; lucy lucie luce; madeleine maddie maddy; margaret maggie meg peggy marge \
        madge mags; martin marty; matthew matt; melanie mel; melissa mel missy; michael mike mick micky; michelle \
        shell chelle shelly; natalie nat; natasha tash tasha nat; nicholas nick nicky; nicola nicky nikki nic; \
        olivia liv livvy ollie; oliver ollie; pamela pam; patricia pat patsy trish tricia patti; patrick pat paddy; \
        pauline paula; philip phil pip; philippa pip pippa; rachel rach; rebecca becky becca bex; richard rich rick \
        dick ricky; robert rob bob bobby robbie; rosemary rose rosie; samantha sam sammy; samuel sam; sandra sandy; \
        sarah sally sal; sharon shaz; shirley shirl; sophie soph; stephanie steph stevie; stephen steve stevie; \
        susan sue susie suzie suzy; tamara tammy; terence terry; teresa terri tess; theresa terri tess; thomas tom \
        tommy; timothy tim; valerie val; vanessa nessa; veronica ronnie; victoria vicky tori vikki; vivienne viv; \
        wendy wend; william will bill billy; yvonne vonnie; zachary zac zack; zoe zo
        """

    /// The same name written from another script or tongue.
    static let spellings = """
        mohammed muhammad mohammad mohamed muhammed mohamad mohd muhamad mohamud; fatima fatema fathima fatimah \
        fatma; aisha ayesha aysha aaisha aishah ayisha; maryam mariam miriam maryum marium; zainab zaynab zeinab \
        zainub zeynep; yusuf yousuf yousef youssef yousaf yusef joseph; omar umar omer umer; usman osman uthman \
        othman; hussain hussein husain hussien husayn; ahmed ahmad ahmet achmed; begum begom begam; choudhury \
        chowdhury choudhry chaudhry chaudhary chowdhary choudhary; hassan hasan hassaan; khadija khadeeja khadijah \
        khadeja hadija; yasmin yasmeen jasmine yasmine jasmin; parveen parvin perveen parwin; abdul abdool abd; \
        ibrahim ebrahim abraham; ismail ismael esmail; khalid khaled; rashid rasheed rashed; said saeed sayed syed \
        saied; iqbal eqbal; jamal gamal; karim kareem; mahmood mahmud mehmood mahmoud mehmet; mustafa mostafa \
        moustafa; nadia nadya nadiya; nasreen nasrin nasrine; noor nur noora nour; samina sameena; sumaya sumaiya \
        sumayya; zahra zara zehra zahara; amina ameena aminah aamina; bilal belal; salma selma; rahman rehman; \
        sheikh shaikh sheik shaykh; miah mia miya; malik malek; uddin udin; akhtar akter aktar akhter; katarzyna \
        kasia catherine; malgorzata gosia margaret; agnieszka aga agnes; aleksandra alexandra ola; magdalena magda \
        madeleine; joanna asia; piotr peter; pawel paul; krzysztof christopher; tomasz tomek thomas; oleksandr \
        aleksandr alexander sasha; natalia nataliya natalya natasha; olena elena helen yelena; kateryna ekaterina \
        katerina katya catherine; mykhailo mikhail michael misha; andriy andrei andrew; sean shaun shawn; niamh \
        neve; siobhan shevaun chevonne; sian shan; stephen steven; catherine katherine kathryn catharine katharine; \
        anne ann anna; sara sarah; teresa theresa; geoffrey jeffrey; graham graeme grahame; lesley leslie; lindsay \
        lindsey linsey; tracy tracey; clare claire clair; nicola nichola; philip phillip; deborah debra; rebecca \
        rebekah; hannah hanna; elisabeth elizabeth; jane jayne; karen karin; marie maria mary
        """
}
