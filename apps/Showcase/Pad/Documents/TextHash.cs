namespace Showcase.Pad.Documents;

/// <summary>A hash with which a page verifies that its text is that of the server.</summary>
internal static class TextHash
{
    private const uint Basis = 2166136261, Prime = 16777619;

    /// <summary>Returns the FNV-1a hash of the UTF-16 units of a text.</summary>
    public static uint Of(string text)
    {
        var hash = Basis;
        foreach (var unit in text) hash = unchecked((hash ^ unit) * Prime);
        return hash;
    }
}
