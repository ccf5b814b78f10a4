using Duplex.EventLoop.Transport;

namespace Duplex.EventLoop.Uring;

/// <summary>The exception for an io_uring that is not available or failed permanently.</summary>
internal sealed class UringException(string operation, int error) : BackEndException(operation, error);
