using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Model;

/// <summary>A command of a client. It owns its memory: no part of it refers to the frame from which it was read.</summary>
/// <param name="Id">The id that the reply repeats; 0 for a send and for a pong.</param>
/// <param name="Request">
/// The request, or null when the command has none: the command is then a pong when <paramref name="Id"/> is 0, otherwise a
/// fault of the client.
/// </param>
internal readonly record struct Command(uint Id, Request? Request)
{
    /// <summary>Whether the data is nested more deeply than <see cref="Messaging.Publications.JsonData.MaxDepth"/>. The command is then refused, and the commands after it in the frame are processed.</summary>
    public bool IsTooDeep { get; init; }
}
