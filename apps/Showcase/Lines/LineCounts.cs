namespace Showcase.Lines;

/// <summary>The counts of a line since it was opened. Bytes are those of TCP's data, without the heads of its segments.</summary>
/// <param name="Opened">The number of connections that it accepted.</param>
/// <param name="Open">The number of connections that are open.</param>
/// <param name="Refused">The number of connections that it reset at once.</param>
/// <param name="Up">The bytes from clients to the server.</param>
/// <param name="Down">The bytes from the server to clients.</param>
public sealed record LineCounts(long Opened, int Open, long Refused, LineBytes Up, LineBytes Down)
{
    internal LineCounts With(LineConnection connection) => this with { Up = Up.With(connection.Up), Down = Down.With(connection.Down) };

    internal LineCounts WithoutHeld() => this with { Up = Up with { Held = 0 }, Down = Down with { Held = 0 } };
}
