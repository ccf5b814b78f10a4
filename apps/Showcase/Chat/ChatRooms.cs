using Duplex.Messaging.Errors;

namespace Showcase.Chat;

/// <summary>The rooms there are.</summary>
public static class ChatRooms
{
    public static IReadOnlyList<(string Name, string Title)> All { get; } =
        [("lobby", "Lobby"), ("markets", "Markets"), ("engineering", "Engineering"), ("random", "Random")];

    /// <summary>A room's name, when there is such a room.</summary>
    /// <exception cref="ClientException">404.</exception>
    public static string Find(string? room) => All.Any(known => known.Name == room) ? room!
        : throw new ClientException(404, $"There is no such room: give one of {string.Join(", ", All.Select(known => known.Name))}.");
}
