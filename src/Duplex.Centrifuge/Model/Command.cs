using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Model;

/// <summary>One command of a client. It owns its memory: nothing in it refers to the frame it was read from.</summary>
/// <param name="Id">Returned in the reply; 0 for a send and for a pong.</param>
/// <param name="Request">
/// The request that counts, or null when the command holds none: a pong when <paramref name="Id"/> is 0, otherwise a
/// fault of the client.
/// </param>
public readonly record struct Command(uint Id, Request? Request)
{
    /// <summary>Whether its data is nested more deeply than data may be: the command is refused, its frame is not.</summary>
    public bool IsTooDeep { get; init; }
}
