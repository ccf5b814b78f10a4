namespace Showcase.Judge.Problems;

/// <summary>Finds the first bracket that does not match.</summary>
internal static class BalancedBrackets
{
    private const string Opening = "([{", Closing = ")]}";

    public static Problem Create()
    {
        var random = new Random(2);
        return Problem.Create(
            "balanced-brackets",
            "Balanced brackets",
            "A text contains the brackets ( ) [ ] { } and letters. Return -1 when every bracket is closed by its own kind in the right order; otherwise the position of the first closing bracket that does not match, or the length of the text when a bracket remains open.",
            "function solve(text) {\n  return -1;\n}\n",
            static input => FirstFault(input[0].GetString()!),
            [
                ["a(b[c]{d})"], ["(]"], [""], ["((("], ["letters"], ["}"], ["{[()]}()[]{}"],
                .. new[] { 20, 200, 2000, 20_000 }.Select(size => new object[] { Nested(random, size) }),
                [Nested(random, 5000) + ")" + Nested(random, 5000)],
            ]);
    }

    private static int FirstFault(string text)
    {
        var open = new Stack<int>();
        for (var position = 0; position < text.Length; position++)
        {
            if (Opening.IndexOf(text[position], StringComparison.Ordinal) is >= 0 and var opening) open.Push(opening);
            else if (Closing.IndexOf(text[position], StringComparison.Ordinal) is >= 0 and var closing && (!open.TryPop(out var kind) || kind != closing)) return position;
        }

        return open.Count == 0 ? -1 : text.Length;
    }

    private static string Nested(Random random, int size)
    {
        var (text, open) = (new System.Text.StringBuilder(size), new Stack<int>());
        while (text.Length + open.Count < size)
        {
            if (open.Count > 0 && random.Next(2) == 0) text.Append(Closing[open.Pop()]);
            else if (random.Next(3) == 0) text.Append((char)random.Next('a', 'z' + 1));
            else
            {
                open.Push(random.Next(3));
                text.Append(Opening[open.Peek()]);
            }
        }

        while (open.TryPop(out var kind)) text.Append(Closing[kind]);
        return text.ToString();
    }
}
