namespace CentralOps.Text.Words;

/// <summary>
/// The stem that a word's forms share (instances, instance: instanc), by Martin Porter's second English stemmer, written from its published rules
/// (snowballstem.org/algorithms/english). Only words of a to z have one; apostrophes never reach it.
/// </summary>
public static class EnglishStem
{
    private static readonly (string Word, string Stem)[] Exceptions =
    [
        ("skis", "ski"), ("skies", "sky"), ("dying", "die"), ("lying", "lie"), ("tying", "tie"), ("idly", "idl"), ("gently", "gentl"), ("ugly", "ugli"),
        ("early", "earli"), ("only", "onli"), ("singly", "singl"), ("sky", "sky"), ("news", "news"), ("howe", "howe"), ("atlas", "atlas"),
        ("cosmos", "cosmos"), ("bias", "bias"), ("andes", "andes"),
    ];

    private static readonly string[] FinishedAfterPlural = ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"];

    // The longest suffix that a word ends in decides, so longer ones stand before what they end in.
    private static readonly (string Suffix, string Becomes)[] Step2 =
    [
        ("ational", "ate"), ("ization", "ize"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"), ("tional", "tion"), ("biliti", "ble"), ("lessli", "less"),
        ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"),
        ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Suffix, string Becomes)[] Step3 =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""), ("ical", "ic"), ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] Step4 =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic",
    ];

    /// <summary>Stems a word in place.</summary>
    /// <param name="word">In lower case.</param>
    /// <returns>How many of its characters the stem takes.</returns>
    public static int Of(Span<char> word)
    {
        if (word.Length <= 2 || word.ContainsAnyExceptInRange('a', 'z'))
        {
            return word.Length;
        }

        foreach (var (exception, stem) in Exceptions)
        {
            if (word.SequenceEqual(exception))
            {
                stem.CopyTo(word);
                return stem.Length;
            }
        }

        // Porter's rule wants a vowel before a plural's s. An acronym of three consonants has none: vpcs, nlbs.
        if (word.Length > 3 && word[^1] == 's' && word[^2] != 's' && !StemText.HasVowel(word))
        {
            return word.Length - 1;
        }

        var text = new StemText(word);
        Plural(ref text);
        foreach (var finished in FinishedAfterPlural)
        {
            if (text.Text.SequenceEqual(finished))
            {
                return text.Finish();
            }
        }

        PastAndProgressive(ref text);
        FinalY(ref text);
        Derived(ref text);
        Derived3(ref text);
        Ending(ref text);
        FinalLetter(ref text);
        return text.Finish();
    }

    // Step 1a.
    private static void Plural(ref StemText text)
    {
        if (text.EndsIn("sses"))
        {
            text.Cut(2);
            return;
        }

        if (text.EndsIn("ied") || text.EndsIn("ies"))
        {
            text.Cut(text.Length > 4 ? 2 : 1);
            return;
        }

        if (text.EndsIn("s") && !text.EndsIn("us") && !text.EndsIn("ss") && text.HasVowelBefore(2))
        {
            text.Cut(1);
        }
    }

    // Step 1b.
    private static void PastAndProgressive(ref StemText text)
    {
        var eed = text.EndsIn("eedly") ? 5 : text.EndsIn("eed") ? 3 : 0;
        if (eed > 0)
        {
            if (text.InR1(eed))
            {
                text.Replace(eed, "ee");
            }

            return;
        }

        var suffix = text.EndsIn("ingly") ? 5 : text.EndsIn("edly") ? 4 : text.EndsIn("ing") ? 3 : text.EndsIn("ed") ? 2 : 0;
        if (suffix == 0 || !text.HasVowelBefore(suffix))
        {
            return;
        }

        text.Cut(suffix);
        if (text.EndsIn("at") || text.EndsIn("bl") || text.EndsIn("iz"))
        {
            text.Append('e');
            return;
        }

        if (IsDouble(text.FromEnd(1), text.FromEnd(2)))
        {
            text.Cut(1);
            return;
        }

        if (text.IsShort)
        {
            text.Append('e');
        }
    }

    // Step 1c.
    private static void FinalY(ref StemText text)
    {
        if (text.FromEnd(1) is 'y' or 'Y' && text.Length > 2 && !StemText.IsVowel(text.FromEnd(2)))
        {
            text.Replace(1, "i");
        }
    }

    private static void Derived(ref StemText text)
    {
        foreach (var (suffix, becomes) in Step2)
        {
            if (!text.EndsIn(suffix))
            {
                continue;
            }

            var before = text.FromEnd(suffix.Length + 1);
            var allowed = suffix switch
            {
                "ogi" => before == 'l',
                "li" => before is 'c' or 'd' or 'e' or 'g' or 'h' or 'k' or 'm' or 'n' or 'r' or 't',
                _ => true,
            };
            if (allowed && text.InR1(suffix.Length))
            {
                text.Replace(suffix.Length, becomes);
            }

            return;
        }
    }

    private static void Derived3(ref StemText text)
    {
        foreach (var (suffix, becomes) in Step3)
        {
            if (!text.EndsIn(suffix))
            {
                continue;
            }

            if (text.InR1(suffix.Length) && (suffix is not "ative" || text.InR2(suffix.Length)))
            {
                text.Replace(suffix.Length, becomes);
            }

            return;
        }
    }

    private static void Ending(ref StemText text)
    {
        foreach (var suffix in Step4)
        {
            if (!text.EndsIn(suffix))
            {
                continue;
            }

            if (text.InR2(suffix.Length) && (suffix is not "ion" || text.FromEnd(4) is 's' or 't'))
            {
                text.Cut(suffix.Length);
            }

            return;
        }
    }

    // Step 5.
    private static void FinalLetter(ref StemText text)
    {
        var cut = text.FromEnd(1) switch
        {
            'e' => text.InR2(1) || (text.InR1(1) && !text.EndsInShortSyllable(text.Length - 1)),
            'l' => text.InR2(1) && text.FromEnd(2) == 'l',
            _ => false,
        };
        if (cut)
        {
            text.Cut(1);
        }
    }

    private static bool IsDouble(char last, char before) => last == before && last is 'b' or 'd' or 'f' or 'g' or 'm' or 'n' or 'p' or 'r' or 't';
}
