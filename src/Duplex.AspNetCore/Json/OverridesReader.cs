using Duplex.Messaging.Channels;

namespace Duplex.AspNetCore.Json;

/// <summary>Reads the options that a token, a backend or a caller of the server API overrides for one subscription.</summary>
internal static class OverridesReader
{
    /// <param name="value">Returns the value of an option by its name on the wire; null if it is not overridden.</param>
    /// <param name="pace">The pace; null if it is not overridden.</param>
    public static SubscriptionOverrides Read(Func<string, bool?> value, SubscriptionPace? pace) => new()
    {
        Presence = value("presence"),
        JoinLeave = value("join_leave"),
        ForceJoinLeave = value("force_push_join_leave"),
        Positioning = value("force_positioning"),
        Recovery = value("force_recovery"),
        Pace = pace,
    };

    /// <summary>Converts the members <c>delay_ms</c> and <c>latest</c> to a pace.</summary>
    public static SubscriptionPace PaceOf(ulong delayMs, bool isLatest) => new(TimeSpan.FromMilliseconds((long)Math.Min(delayMs, int.MaxValue)), isLatest);
}
