namespace Duplex.Messaging.Application;

/// <summary>
/// A handler of the application. It runs on the client's shard until it first waits, so it must not block. What its
/// result means is written where it is registered.
/// </summary>
public delegate ValueTask<object?> Handler(HandlerContext context);
