namespace Duplex.Messaging.Application;

/// <summary>
/// A handler of the application that is called after an event. It runs on the client's shard until its first await that does not
/// complete synchronously, so it must not block.
/// </summary>
public delegate ValueTask Handler(HandlerContext context);
