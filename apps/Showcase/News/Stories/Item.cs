using System.Security.Cryptography;
using System.Text;

namespace Showcase.News.Stories;

/// <summary>A story as a source has it. Its texts are plain.</summary>
/// <param name="Key">The id within the source.</param>
/// <param name="Title">The headline.</param>
/// <param name="Summary">The summary; may be empty.</param>
/// <param name="Topic">The topic; null for that of the source.</param>
/// <param name="Time">The time in Unix milliseconds; null when the source states none that makes sense.</param>
/// <param name="Link">The address of the whole story; null without one.</param>
/// <param name="Lang">The language; null when it is not stated.</param>
/// <param name="Retracted">The reason for which the source has retracted the story; null while it has not.</param>
internal sealed record Item(string Key, string Title, string Summary, string? Topic, long? Time, string? Link, string? Lang, string? Retracted = null)
{
    private const int SameTitle = 20;

    /// <summary>A hash of what a correction changes.</summary>
    public string Hash { get; } = HashOf($"{Title}\n{Summary}\n{Retracted}");

    /// <summary>The headline in the form in which those of two sources are compared; null when it is too short to mean the same story.</summary>
    public string? SameAs { get; } = new string([.. Title.Where(char.IsLetterOrDigit)]).ToUpperInvariant() is { Length: >= SameTitle } letters ? letters : null;

    /// <summary>Returns a short hash of a text.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
}
