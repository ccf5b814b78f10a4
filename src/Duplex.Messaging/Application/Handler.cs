namespace Duplex.Messaging.Application;

/// <summary>
/// A handler of the application that is called about something that has happened. It runs on the client's shard until it first
/// waits, so it must not block.
/// </summary>
public delegate ValueTask Handler(HandlerContext context);
