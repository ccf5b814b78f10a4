using System.Text;
using Duplex.Messaging.Errors;

namespace Showcase.Conversations;

/// <summary>Validates what people write to each other.</summary>
public static class MessageText
{
    private const int MaxText = 2000, MaxBytes = 6000, MaxCounted = 20_000;

    /// <summary>Returns the text without white space around it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxText">The maximum number of characters.</param>
    /// <param name="maxBytes">The maximum number of bytes of UTF-8.</param>
    /// <exception cref="ClientException">400 when it is empty or too long.</exception>
    // Characters are counted as people count them, and one of them may consist of any number of code points: hence the bytes.
    public static string Checked(string? text, int maxText = MaxText, int maxBytes = MaxBytes)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length is 0 or > MaxCounted || Characters.Count(trimmed) > maxText)
            throw new ClientException(400, $"text must have 1 to {maxText} characters.");
        return Encoding.UTF8.GetByteCount(trimmed) <= maxBytes ? trimmed
            : throw new ClientException(400, $"text must have at most {maxBytes} bytes of UTF-8.");
    }

    /// <summary>Returns the id that a page generated for a message.</summary>
    /// <exception cref="ClientException">400 when its length is out of range.</exception>
    public static string ClientId(string? clientId) => clientId is { Length: >= 8 and <= 64 } ? clientId
        : throw new ClientException(400, "clientId must have 8 to 64 characters: generate one for each message.");
}
