using System.Globalization;
using System.Text;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Conversations;
using Showcase.Visitors;

namespace Showcase.Chat;

/// <summary>Validates the parameters of the chat's calls. Each method returns the valid value or throws.</summary>
internal static class ChatRules
{
    public const int MaxPage = 100, MaxFound = 30;
    private const int MaxText = 2000, MaxTextBytes = 6000, MaxCounted = 20_000, MaxSearch = 100;

    public static readonly (string Name, string Title)[] Rooms =
        [("lobby", "Lobby"), ("markets", "Markets"), ("engineering", "Engineering"), ("random", "Random")];

    private static readonly string[] Emojis = ["👍", "❤️", "😂", "🎉", "😮", "👀"];

    public static Visitor Writer(ClientContext client) => Visitor.Of(client) is { User.Length: > 0 } visitor ? visitor
        : throw new ClientException(401, "Connect with a key to write.");

    public static string Room(string? room) => Rooms.Any(candidate => candidate.Name == room) ? room!
        : throw new ClientException(404, $"There is no such room: use one of {string.Join(", ", Rooms.Select(candidate => candidate.Name))}.");

    // Characters are counted as people count them, and one of them may consist of any number of code points: hence the bytes.
    public static string Text(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length is 0 or > MaxCounted || Characters.Count(trimmed) > MaxText)
            throw new ClientException(400, $"text must have 1 to {MaxText} characters.");
        return Encoding.UTF8.GetByteCount(trimmed) <= MaxTextBytes ? trimmed
            : throw new ClientException(400, $"text must have at most {MaxTextBytes} bytes of UTF-8.");
    }

    public static string SearchText(string? text) => text?.Trim() is { Length: >= 2 and <= MaxSearch } trimmed ? trimmed
        : throw new ClientException(400, $"text must have 2 to {MaxSearch} characters.");

    public static string ClientId(string? clientId) => clientId is { Length: >= 8 and <= 64 } ? clientId
        : throw new ClientException(400, "clientId must have 8 to 64 characters: generate one for each message.");

    public static int Limit(int? limit) => limit is null ? MaxPage : limit is >= 1 and <= MaxPage ? limit.Value
        : throw new ClientException(400, string.Create(CultureInfo.InvariantCulture, $"limit is out of range: 1 to {MaxPage}."));

    public static long Id(long? id) => id is > 0 ? id.Value
        : throw new ClientException(400, "id must be the id of a message.");

    public static string Emoji(string? emoji) => Array.Exists(Emojis, candidate => candidate == emoji) ? emoji!
        : throw new ClientException(400, $"emoji must be one of {string.Join(' ', Emojis)}.");
}
