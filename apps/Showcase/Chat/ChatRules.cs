using System.Globalization;
using Duplex.Messaging.Errors;

namespace Showcase.Chat;

/// <summary>Validates the parameters of the chat's calls. Each method returns the valid value or throws.</summary>
internal static class ChatRules
{
    public const int MaxPage = 100, MaxFound = 30;
    private const int MaxSearch = 100;

    public static readonly (string Name, string Title)[] Rooms =
        [("lobby", "Lobby"), ("markets", "Markets"), ("engineering", "Engineering"), ("random", "Random")];

    private static readonly string[] Emojis = ["👍", "❤️", "😂", "🎉", "😮", "👀"];

    public static string Room(string? room) => Rooms.Any(candidate => candidate.Name == room) ? room!
        : throw new ClientException(404, $"There is no such room: use one of {string.Join(", ", Rooms.Select(candidate => candidate.Name))}.");

    public static string SearchText(string? text) => text?.Trim() is { Length: >= 2 and <= MaxSearch } trimmed ? trimmed
        : throw new ClientException(400, $"text must have 2 to {MaxSearch} characters.");

    public static int Limit(int? limit) => limit is null ? MaxPage : limit is >= 1 and <= MaxPage ? limit.Value
        : throw new ClientException(400, string.Create(CultureInfo.InvariantCulture, $"limit is out of range: 1 to {MaxPage}."));

    public static long Id(long? id) => id is > 0 ? id.Value
        : throw new ClientException(400, "id must be the id of a message.");

    public static string Emoji(string? emoji) => Array.Exists(Emojis, candidate => candidate == emoji) ? emoji!
        : throw new ClientException(400, $"emoji must be one of {string.Join(' ', Emojis)}.");
}
