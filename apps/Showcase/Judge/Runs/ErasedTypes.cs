namespace Showcase.Judge.Runs;

/// <summary>
/// Compares a TypeScript program with the script that remains without its types. The page removes the types; this check
/// proves that it has added nothing, and that the lines and columns of both are the same.
/// </summary>
internal static class ErasedTypes
{
    // A semicolon stands where a statement would otherwise continue after a type that was removed, and a parenthesis that
    // closes parameters moves to the line of the arrow.
    private const string Replacements = " ;)", LineEnds = "\r\n\u2028\u2029";

    /// <summary>Returns whether the script is the program with some characters replaced by spaces.</summary>
    public static bool Leave(string script, string program)
    {
        if (script.Length != program.Length) return false;
        for (var index = 0; index < script.Length; index++)
        {
            var (kept, written) = (script[index], program[index]);
            if (kept != written && (LineEnds.Contains(written, StringComparison.Ordinal) || !Replacements.Contains(kept, StringComparison.Ordinal))) return false;
        }

        return true;
    }
}
