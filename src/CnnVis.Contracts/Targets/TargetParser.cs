using System.Globalization;

namespace CnnVis;

/// <summary>
/// Reads targets. <c>target = ["-"] term {("+" | "-") term}</c>, <c>term = number "*" factor | factor ["*" number]</c>, <c>factor = ("mean" | "sum") "(" part ")" | part</c>,
/// <c>part = ("class" "(" name ["," "predicted"] ")" | name) ["[" range {"," range} "]"]</c>, <c>range = integer | [integer] ":" [integer]</c>. A name with other characters than letters,
/// digits and _ . / : ~ # stands in quotes.
/// </summary>
/// <param name="text">The target.</param>
internal sealed class TargetParser(string text)
{
    private int _at;

    /// <summary>The terms.</summary>
    /// <exception cref="CnnVisException">It is no target.</exception>
    public List<CnnTargetTerm> Target()
    {
        var terms = new List<CnnTargetTerm>();
        double sign = Take('-') ? -1 : 1;
        while (true)
        {
            CnnTargetTerm term = Term();
            terms.Add(term with { Weight = term.Weight * sign });
            if (Take('+')) sign = 1;
            else if (Take('-')) sign = -1;
            else if (Peek() == '\0') return terms;
            else throw Wrong("a + or - was expected");
        }
    }

    private CnnTargetTerm Term()
    {
        if (Number() is { } weight)
        {
            if (!Take('*')) throw Wrong("a * was expected behind the weight");
            CnnTargetTerm factor = Factor();
            return factor with { Weight = weight };
        }
        CnnTargetTerm first = Factor();
        if (!Take('*')) return first;
        return first with { Weight = Number() ?? throw Wrong("a number was expected behind *") };
    }

    private CnnTargetTerm Factor()
    {
        int start = _at;
        string name = Name();
        if (Enum.TryParse(name, ignoreCase: true, out TargetReduction reduction) && char.IsLetter(name[0]) && Take('('))
        {
            CnnTargetTerm part = Part(Name());
            Expect(')');
            return part with { Reduction = reduction };
        }
        return name.Length > 0 ? Part(name) : throw Wrong("a name was expected", start);
    }

    private CnnTargetTerm Part(string name)
    {
        if (name.Length == 0) throw Wrong("a name was expected");
        var term = new CnnTargetTerm(name);
        if (name.Equals("class", StringComparison.OrdinalIgnoreCase) && Take('('))
        {
            term = new CnnTargetTerm(ClassName()) { IsClass = true };
            if (Take(','))
            {
                Skip();
                int at = _at;
                if (!Name().Equals("predicted", StringComparison.OrdinalIgnoreCase)) throw Wrong("'predicted' was expected", at);
                term = term with { WherePredicted = true };
            }
            Expect(')');
        }
        if (!Take('[')) return term;
        var ranges = new List<TargetRange>();
        do ranges.Add(Range());
        while (Take(','));
        Expect(']');
        return term with { Ranges = ranges };
    }

    private TargetRange Range()
    {
        int? start = Integer();
        if (Take(':')) return new TargetRange(start, Integer());
        return start is { } place ? TargetRange.At(place) : throw Wrong("an index, or a range such as 2:5, was expected");
    }

    private int? Integer()
    {
        Skip();
        int end = _at;
        if (end < text.Length && text[end] == '-') end++;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        if (!int.TryParse(text.AsSpan(_at, end - _at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            return end == _at ? null : throw Wrong("a whole number was expected");
        _at = end;
        return number;
    }

    private double? Number()
    {
        Skip();
        int end = _at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.' || (text[end] is 'e' or 'E' && end > _at) || (text[end] is '-' or '+' && text[end - 1] is 'e' or 'E'))) end++;
        // A name may begin with a digit: a number is followed by * alone.
        int next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next])) next++;
        bool isWeight = next < text.Length && text[next] == '*' || _at > 0 && Before() == '*';
        if (end == _at || !isWeight || !double.TryParse(text.AsSpan(_at, end - _at), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number)) return null;
        _at = end;
        return number;
    }

    private char Before()
    {
        int at = _at - 1;
        while (at > 0 && char.IsWhiteSpace(text[at])) at--;
        return text[at];
    }

    private string Name()
    {
        Skip();
        if (Peek() == '\'') return Quoted();
        int start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '.' or '/' or ':' or '~' or '#')) _at++;
        return text[start.._at];
    }

    /// <summary>A class's name goes to the comma or the bracket, blanks included.</summary>
    private string ClassName()
    {
        Skip();
        if (Peek() == '\'') return Quoted();
        int start = _at;
        while (_at < text.Length && text[_at] is not (',' or ')')) _at++;
        string name = text[start.._at].TrimEnd();
        return name.Length > 0 ? name : throw Wrong("the name or index of a class was expected");
    }

    private string Quoted()
    {
        int start = _at++;
        var name = new System.Text.StringBuilder();
        while (_at < text.Length)
        {
            if (text[_at] != '\'') name.Append(text[_at++]);
            else if (_at + 1 < text.Length && text[_at + 1] == '\'')
            {
                name.Append('\'');
                _at += 2;
            }
            else
            {
                _at++;
                return name.ToString();
            }
        }
        throw Wrong("the quote is not closed", start);
    }

    private char Peek()
    {
        Skip();
        return _at < text.Length ? text[_at] : '\0';
    }

    private bool Take(char wanted)
    {
        if (Peek() != wanted) return false;
        _at++;
        return true;
    }

    private void Expect(char wanted)
    {
        if (!Take(wanted)) throw Wrong($"{wanted} was expected");
    }

    private void Skip()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
    }

    private CnnVisException Wrong(string what, int? at = null)
    {
        int place = at ?? _at;
        string found = place < text.Length ? $"'{text[place..Math.Min(place + 8, text.Length)]}' stands there" : "the text ends there";
        return new CnnVisException(ErrorIds.InvalidArgument, $"'{text}' is no target: at position {place + 1} {what}, and {found}. Write boxes[17,4], mean(out[:,3]), class(cat), or sums of such, as a[0] - 0.5*b[1].", text);
    }
}
