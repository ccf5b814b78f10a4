namespace Duplex.Messaging.Application;

/// <summary>
/// A handler of the application that decides or returns data. It runs on the client's shard until it first waits, so it must
/// not block.
/// </summary>
/// <typeparam name="TResult">A <see cref="Decision"/>, of which null denies; or the data of a reply, of which null is none.</typeparam>
public delegate ValueTask<TResult> Handler<TResult>(HandlerContext context);
