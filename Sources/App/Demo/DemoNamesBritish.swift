/// Given names and surnames of England, Scotland, Wales and Ireland, and of Traveller families.
///
/// Lists are comma-separated text, because a literal of one string compiles at once and reads well in a diff.
enum DemoNamesBritish {
    /// English women and men by when they were born: a Doreen is rarely 20, a Paige rarely 70.
    static let english = DemoNameList(
        women: [
            1956: """
                Margaret, Jean, Patricia, Sheila, Dorothy, Maureen, Barbara, Joan, Doreen, Brenda, Beryl, Pauline,
                Sylvia, Marjorie, Rosemary, Gwendoline, Hazel, Eileen, Audrey, Iris, Norma, Shirley, Janet,
                Christine, Valerie, June, Edna, Hilda, Thelma, Vera, Muriel, Enid, Mavis, Olive, Rita
                """,
            1986: """
                Susan, Julie, Karen, Jacqueline, Deborah, Tracey, Jane, Helen, Diane, Sharon, Angela, Sarah, Alison,
                Caroline, Amanda, Sandra, Linda, Catherine, Elizabeth, Carol, Joanne, Wendy, Dawn, Nicola, Lisa,
                Michelle, Emma, Claire, Samantha, Rachel, Lorraine, Donna, Paula, Heather, Vanessa, Kerry, Kelly,
                Natalie, Zoe, Leanne, Hayley, Gemma, Stacey, Louise, Rebecca, Melanie, Tina, Beverley, Mandy, Gail,
                Marie, Lyndsey, Cheryl, Anita, Suzanne, Victoria
                """,
            3000: """
                Laura, Stephanie, Charlotte, Danielle, Jessica, Lauren, Amy, Jade, Chloe, Megan, Bethany, Sophie,
                Emily, Hannah, Georgia, Ellie, Shannon, Paige, Abigail, Olivia, Katie, Holly, Amelia, Molly,
                Courtney, Eleanor, Lucy, Grace, Ella, Demi, Kayleigh, Tia, Poppy, Ruby, Freya, Imogen, Harriet,
                Rosie, Phoebe, Evie, Daisy, Alice, Skye, Summer, Libby, Tegan, Matilda, Ellie-Mae, Lily, Kirsty,
                Francesca, Beth, Sian, Jodie
                """,
        ],
        men: [
            1956: """
                Ronald, Kenneth, Derek, Raymond, Roy, Dennis, Leslie, Gordon, Norman, Stanley, Harold, Frederick,
                Ernest, Donald, Maurice, Clifford, Trevor, Geoffrey, Brian, Roger, Terence, Malcolm, Bernard, Barry,
                Alan, Cyril, Horace, Reginald, Walter, Wilfred
                """,
            1986: """
                Stephen, Kevin, Gary, Nigel, Ian, Steven, Andrew, Martin, Graham, Philip, Keith, Neil, Simon, Wayne,
                Dean, Darren, Lee, Jason, Carl, Stuart, Adrian, Glenn, Shaun, Craig, Russell, Anthony, Christopher,
                Matthew, Richard, Robert, Michael, Jonathan, Timothy, Julian, Mark, Paul, Peter, Duncan, Warren,
                Damian, Gareth, Scott, Marcus, Justin, Robin, Clive, Nicholas, Dominic, Karl, Spencer
                """,
            3000: """
                Daniel, Thomas, Ryan, Joshua, Luke, Jamie, Liam, Adam, Connor, Jake, Kieran, Ashley, Aaron, Nathan,
                Jordan, Bradley, Callum, Kyle, Lewis, Reece, Joe, Ben, Alex, Charlie, George, Harry, Jack, Oliver,
                Mason, Tyler, Owen, Toby, Dylan, Brandon, Curtis, Elliot, Zak, Max, Louis, Archie, Freddie, Leon,
                Corey, Harvey, Billy, Finley, Jenson, Kane, Rhys, Tom
                """,
        ],
        surnames: """
            Smith, Jones, Taylor, Brown, Wilson, Johnson, Walker, Wright, Thompson, White, Hughes, Edwards, Green,
            Hall, Wood, Harris, Clarke, Jackson, Turner, Hill, Cooper, Ward, Martin, Baker, Harrison, Allen,
            Mitchell, Lee, Parker, Bennett, Cook, Carter, Bailey, Marshall, Ellis, Shaw, Chapman, Richardson, Adams,
            Rogers, Barker, Mills, Knight, Palmer, Holmes, Hunt, Dixon, Pearson, Gibson, Lowe, Atkins, Freestone,
            Holland, Walton, Brookes, Whitehead, Gilbert, Barnes, Spencer, Hawkins, Blackwell, Toone, Measures,
            Herrick, Kirby, Freer, Ironmonger, Chesterton, Hallam, Orton, Wormleighton, Stretton, Tansley, Gamble,
            Quorn, Sharman, Tebbutt, Kettleborough, Springthorpe, Underwood, Wakerley, Musson, Goodacre, Billson,
            Astill, Bonser, Cayless, Dexter, Eagleton, Fewkes, Garner, Hextall, Inchley, Jarvis, Keightley, Langton,
            Moult, Neale, Oldershaw, Pickard, Quenby, Rudkin, Sleath, Thurlby, Unwin, Varnham, Wesley, Yarwood,
            Ashby, Bassford, Copson, Dalby, Elverson, Foxon, Gutteridge, Hubbard, Illsley, Jelley, Kinton, Lacey,
            Mawby, Nutting, Overton, Pochin, Rowley, Swann, Tailby, Upton, Vesty, Wheatley, Bramhill, Snow, Frost,
            Burdett, Crane, Dyer, Fenwick, Glover, Hobbs
            """)

    /// Families with Scottish names.
    static let scottish = DemoNameList(
        women: "Morag, Fiona, Ailsa, Isla, Eilidh, Catriona, Mhairi, Shona, Kirstie, Iona, Rhona, Elspeth",
        men: "Hamish, Angus, Fraser, Euan, Iain, Alasdair, Ross, Gregor, Callan, Blair, Fergus, Struan",
        surnames: """
            McDonald, MacLeod, Campbell, Stewart, Ferguson, Murray, Paterson, McIntyre, Sinclair, Drummond, Buchanan,
            Muir, Galbraith, McAllister, Kerr, Dalgleish
            """)

    /// Families with Welsh names.
    static let welsh = DemoNameList(
        women: "Siân, Carys, Bronwen, Cerys, Ffion, Angharad, Nerys, Lowri, Rhiannon, Seren, Megan, Eleri",
        men: "Gethin, Huw, Ieuan, Emyr, Aled, Dai, Gwyn, Tomos, Iwan, Llŷr, Geraint, Osian",
        surnames: """
            Davies, Evans, Williams, Griffiths, Rees, Llewellyn, Pritchard, Probert, Bowen, Vaughan, Morgan, Penry
            """)

    /// Irish families, fadas and apostrophes included.
    static let irish = DemoNameList(
        women: [
            1975: "Bridget, Kathleen, Noreen, Bernadette, Philomena, Assumpta, Maeve, Geraldine, Teresa, Deirdre",
            3000: "Siobhán, Niamh, Róisín, Aoife, Ciara, Orla, Gráinne, Sinéad, Caoimhe, Clodagh, Áine, Saoirse",
        ],
        men: [
            1975: "Declan, Brendan, Desmond, Gerard, Eamon, Finbar, Donal, Malachy, Aidan, Cormac",
            3000: "Ciarán, Conor, Oisín, Cillian, Padraig, Diarmuid, Fionn, Niall, Rory, Seán, Tadhg, Eoin",
        ],
        surnames: """
            O'Brien, O'Connor, O'Sullivan, Murphy, Kelly, Doyle, Gallagher, Brennan, Fitzgerald, Byrne, McCarthy,
            O'Donnell, O'Keeffe, Quinlan, Sweeney, Hanrahan, Ó Súilleabháin, McGrath, Nolan, Rafferty
            """)

    /// Irish Traveller and Romany families, who share few surnames.
    static let traveller = DemoNameList(
        women: """
            Shakira, Margaret, Bridie, Mary-Ellen, Kathleen, Chantelle, Annmarie, Savannah, Tyra, Lavinia, Montana,
            Violet
            """,
        men: "Paddy, Miley, Johnny, Levi, Elijah, Hughie, Felix, Tommy-Lee, Nelson, Simey, Jimmy, Francie",
        surnames: """
            Connors, McDonagh, Maughan, Stokes, Boswell, Loveridge, Smith, Buckland, Cash, Lovell, Holland, Wardle
            """)
}
