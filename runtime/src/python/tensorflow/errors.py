"""`tf.errors`."""


class OpError(Exception):
    def __init__(self, *arguments):
        # TensorFlow gives (node_def, op, message); we give the message alone.
        self.message = arguments[-1] if arguments else ""
        super().__init__(self.message)


class InvalidArgumentError(OpError):
    pass


class NotFoundError(OpError):
    pass


class OutOfRangeError(OpError):
    pass


class UnimplementedError(OpError):
    pass


class FailedPreconditionError(OpError):
    pass


class ResourceExhaustedError(OpError):
    pass


class InternalError(OpError):
    pass


class UnknownError(OpError):
    pass


class AbortedError(OpError):
    pass


class OperatorNotAllowedInGraphError(TypeError):
    """A symbolic tensor was used where Python needs a number."""


class InaccessibleTensorError(ValueError):
    pass
