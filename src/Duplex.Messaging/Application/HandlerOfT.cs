namespace Duplex.Messaging.Application;

/// <summary>
/// A handler of the application that decides or returns data. It runs on the client's shard until its first await that does not
/// complete synchronously, so it must not block.
/// </summary>
/// <typeparam name="TResult">A <see cref="Decision"/>, where null denies; or the data of a reply, where null is none.</typeparam>
public delegate ValueTask<TResult> Handler<TResult>(HandlerContext context);
