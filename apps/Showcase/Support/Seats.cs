using System.Collections.Concurrent;
using Duplex.Messaging;
using Microsoft.Extensions.Options;

namespace Showcase.Support;

/// <summary>
/// The agents at the desk. A seat belongs to a user, whatever the number of connections. It lasts while one of them is
/// subscribed to <see cref="Channel"/>, and for a while after that, so that a reconnect keeps it. Safe from any thread.
/// </summary>
internal sealed class Seats(IHub hub, IOptions<SupportOptions> options, TimeProvider time)
{
    /// <summary>The channel whose presence contains the agents.</summary>
    public const string Channel = "agents:all";

    // An agent whose page is loaded again is not away.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Seat> _byUser = [];

    /// <summary>The number of agents who are there.</summary>
    public int Present => _byUser.Values.Count(static seat => seat.IsPresent);

    /// <summary>Returns the name of the agent in a user's seat, or null when the user has none.</summary>
    public string? NameOf(string user) => _byUser.GetValueOrDefault(user)?.Name;

    /// <summary>Gives a user a seat.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="name">The user's name.</param>
    /// <param name="isPresent">Whether the agent is there; false for a seat that the agent had before the server started.</param>
    public void Sit(string user, string name, bool isPresent = true) => _byUser[user] = new(name, isPresent, time.GetTimestamp());

    /// <summary>Frees a user's seat.</summary>
    public void Rise(string user) => _byUser.TryRemove(user, out _);

    /// <summary>Updates who is there.</summary>
    /// <returns>The agents who have been away for too long.</returns>
    public async Task<List<string>> UpdateAsync()
    {
        if (_byUser.IsEmpty) return [];
        var present = (await hub.Channels.ReadPresenceAsync(Channel)).Values.Select(static client => client.User).ToHashSet();
        foreach (var (user, seat) in _byUser)
        {
            if (present.Contains(user)) _byUser.TryUpdate(user, seat with { IsPresent = true, SeenAt = time.GetTimestamp() }, seat);
            else if (time.GetElapsedTime(seat.SeenAt) >= Grace) _byUser.TryUpdate(user, seat with { IsPresent = false }, seat);
        }

        return [.. _byUser.Where(entry => time.GetElapsedTime(entry.Value.SeenAt) >= options.Value.AbsenceLimit).Select(static entry => entry.Key)];
    }

    private sealed record Seat(string Name, bool IsPresent, long SeenAt);
}
