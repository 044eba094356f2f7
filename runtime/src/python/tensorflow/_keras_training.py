"""How Keras trains a model: `compile`, `fit`, `evaluate`, `predict`, and the steps that a model may have of its own. Keras 2.15: engine/training.py, engine/compile_utils.py."""
from _tape_lens import bridge, nest
from _tape_lens.failures import NotSupported

from ._autograph import in_graph
from ._data import Dataset
from ._function import Function
from ._keras_masks import mask_of, masked_weight
from ._keras_metrics import Mean, metrics_get
from ._keras_objects import _squeezed, Loss, losses_get, reduced
from ._keras_optimizers import optimizers_get
from ._tensors import is_tensor, Variable

_call = bridge.call


class CompiledLoss:
    """What the model's losses say of its outputs, weighed and summed; its mean over batches is the metric `loss`."""

    def __init__(self, losses, loss_weights):
        self._losses, self._weights = losses, loss_weights
        self._mean = Mean(name="loss")

    def __call__(self, y_true, y_pred, sample_weight=None, regularization_losses=None):
        if self._losses is None:
            raise ValueError("The model cannot be compiled because it has no loss to optimize.")
        predicted = nest.flatten(y_pred)
        losses = self._for_each(self._losses, predicted, y_pred)
        weights = [1.0] * len(predicted) if self._weights is None else self._for_each(self._weights, predicted, y_pred)
        total = None
        for true, pred, loss, weight in zip(nest.flatten(y_true), predicted, losses, weights):
            if loss is None:
                continue
            value = _loss_of(loss, true, pred, sample_weight)
            value = value if weight == 1.0 else value * weight
            total = value if total is None else total + value
        for extra in regularization_losses or ():
            total = total + extra
        # A batch counts as much as it has examples.
        self._mean.update_state(total, sample_weight=float(nest.flatten(y_true)[0].shape[0]))
        return total

    @staticmethod
    def _for_each(given, predicted, structure):
        if isinstance(given, dict) and isinstance(structure, dict):
            return [given.get(key) for key in sorted(structure)]
        listed = given if isinstance(given, (list, tuple)) else [given]
        return list(listed) if len(listed) == len(predicted) else [listed[0]] * len(predicted)

    @property
    def metrics(self):
        return [self._mean]


def _loss_of(loss, y_true, y_pred, sample_weight):
    """A function's losses are averaged. Labels have the predictions' dtype, and their rank where a last dimension of 1 is missing."""
    loss = losses_get(loss)
    y_true, sample_weight = _matched(y_true, y_pred, sample_weight)
    sample_weight = masked_weight(y_pred, sample_weight, mask_of(y_pred))
    if isinstance(loss, Loss):
        return loss(y_true, y_pred, sample_weight=sample_weight)
    return reduced(in_graph(loss)(*_squeezed(y_true, y_pred)), y_pred, sample_weight, "auto")


def _matched(y_true, y_pred, sample_weight):
    """Labels and weights of the predictions' dtype and rank (match_dtype_and_rank)."""
    y_true = y_true if is_tensor(y_true) else bridge.convert(y_true)
    of_kind = y_true.dtype.is_floating and y_pred.dtype.is_floating or y_true.dtype.is_integer and y_pred.dtype.is_integer
    y_true = _call("tf.cast", (y_true, y_pred.dtype, None)) if of_kind and y_true.dtype != y_pred.dtype else y_true
    if sample_weight is not None:
        sample_weight = _call("tf.cast", (sample_weight, y_pred.dtype, None))
    return _ranked(y_true, y_pred), sample_weight if sample_weight is None else _ranked(sample_weight, y_pred)


def _ranked(value, y_pred):
    return _call("tf.expand_dims", (value, -1, None)) if value.shape.rank == 1 and y_pred.shape.rank == 2 else value


class CompiledMetrics:
    def __init__(self, metrics):
        self._given = nest.flatten(metrics) if metrics is not None else []
        self._made = None

    def update_state(self, y_true, y_pred, sample_weight=None):
        true, pred = nest.flatten(y_true)[0], nest.flatten(y_pred)[0]
        if self._made is None:
            from ._graph import init_scope

            with init_scope():
                self._made = [metrics_get(given, true, pred) for given in self._given]
        true, _ = _matched(true, pred, None)
        mask = mask_of(pred)
        for metric in self._made:
            metric.update_state(true, pred, **({} if mask is None else {"sample_weight": mask}))

    @property
    def metrics(self):
        return self._made or []


class History:
    def __init__(self):
        self.history, self.epoch, self.params = {}, [], {}


class Callback:
    """`tf.keras.callbacks.Callback`: told of what happens; a subclass has what it listens to."""

    model = None
    params = None

    def set_model(self, model):
        self.model = model

    def set_params(self, params):
        self.params = params

    def _ignore(self, *_, **__):
        pass

    on_train_begin = on_train_end = on_epoch_begin = on_epoch_end = on_train_batch_begin = on_train_batch_end = on_batch_begin = on_batch_end = _ignore
    on_test_begin = on_test_end = on_test_batch_begin = on_test_batch_end = _ignore


class LambdaCallback(Callback):
    def __init__(self, **listeners):
        for name, listener in listeners.items():
            if listener is not None:
                setattr(self, name, listener)


class Training:
    """What a model has for training."""

    def compile(self, optimizer="rmsprop", loss=None, metrics=None, loss_weights=None, weighted_metrics=None, run_eagerly=None, **_):
        self.__dict__.update(
            optimizer=optimizers_get(optimizer),
            loss=loss,
            run_eagerly=bool(run_eagerly),
            compiled_loss=CompiledLoss(loss, loss_weights),
            compiled_metrics=CompiledMetrics(metrics),
            _steps={},
            _compiled=True,
        )

    # ---------------------------------------------------------------------------------------- one step

    def train_step(self, data):
        from ._tape import GradientTape

        x, y, sample_weight = unpacked(data)
        with GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred, sample_weight)
        self.optimizer.minimize(loss, self.trainable_variables, tape=tape)
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def test_step(self, data):
        x, y, sample_weight = unpacked(data)
        y_pred = self(x, training=False)
        self.compute_loss(x, y, y_pred, sample_weight)
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def predict_step(self, data):
        return self(unpacked(data)[0], training=False)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None):
        return self.compiled_loss(y, y_pred, sample_weight, regularization_losses=self.losses)

    def compute_metrics(self, x, y, y_pred, sample_weight):
        self.compiled_metrics.update_state(y, y_pred, sample_weight)
        return self.get_metrics_result()

    def get_metrics_result(self):
        return {metric.name: metric.result() for metric in self.metrics}

    @property
    def metrics(self):
        """What `compile` was given, then what the model and its layers have."""
        from ._keras_metrics import Metric

        own = [m for layer in [self, *self.layers] for m in layer._flat() if isinstance(m, Metric)]
        compiled = self.compiled_loss.metrics + self.compiled_metrics.metrics if self.__dict__.get("_compiled") else []
        return list({id(m): m for m in compiled + own}.values())

    @property
    def metrics_names(self):
        return [metric.name for metric in self.metrics]

    def reset_metrics(self):
        for metric in self.metrics:
            metric.reset_state()

    # ---------------------------------------------------------------------------------------- many steps

    def fit(
        self,
        x=None,
        y=None,
        batch_size=None,
        epochs=1,
        verbose="auto",
        callbacks=None,
        validation_split=0.0,
        validation_data=None,
        shuffle=True,
        class_weight=None,
        sample_weight=None,
        initial_epoch=0,
        steps_per_epoch=None,
        **_,
    ):
        self._check_compiled()
        if validation_split:
            x, y, sample_weight, validation_data = _split(x, y, sample_weight, validation_split)
        data = _batches(x, y, sample_weight, batch_size, shuffle)
        if class_weight is not None:
            if not isinstance(data, Dataset):
                raise NotSupported("tensorflow.keras.Model.fit of a generator with class_weight is not supported by Tape Lens yet")
            data = data.map(_by_class(class_weight))
        history = History()
        listeners = [callbacks] if isinstance(callbacks, Callback) else list(callbacks or [])
        for listener in listeners:
            listener.set_model(self)
        self.__dict__["history"], self.__dict__["stop_training"] = history, False

        def tell(event, *given):
            for listener in listeners:
                getattr(listener, event)(*given)

        tell("on_train_begin", {})
        step = self._step("train_step")
        kept = None
        for epoch in range(initial_epoch, epochs):
            self.reset_metrics()
            tell("on_epoch_begin", epoch, {})
            logs = {}
            # With a number of steps, an epoch goes on where the last one stopped.
            kept = iter(data) if kept is None or steps_per_epoch is None else kept
            for number, batch in _first(kept, steps_per_epoch):
                tell("on_train_batch_begin", number, {})
                logs = _numbers(step(batch))
                tell("on_train_batch_end", number, logs)
            if validation_data is not None:
                logs = {**logs, **{f"val_{name}": value for name, value in self._evaluated(_batches(*_three(validation_data), batch_size, False)).items()}}
            history.epoch.append(epoch)
            for name, value in logs.items():
                history.history.setdefault(name, []).append(value)
            tell("on_epoch_end", epoch, logs)
            if verbose not in (0, False):
                print(f"Epoch {epoch + 1}/{epochs}\n" + " - ".join(f"{name}: {value:.4f}" for name, value in logs.items()))
            if self.stop_training:
                break
        if epochs > 0 and hasattr(self.optimizer, "finalize_variable_values"):
            self.optimizer.finalize_variable_values(self.trainable_variables)
        tell("on_train_end", {})
        return history

    def evaluate(self, x=None, y=None, batch_size=None, verbose="auto", sample_weight=None, steps=None, return_dict=False, **_):
        self._check_compiled()
        logs = self._evaluated(_batches(x, y, sample_weight, batch_size, False), steps)
        if return_dict:
            return logs
        values = list(logs.values())
        return values[0] if len(values) == 1 else values

    def _evaluated(self, data, steps=None):
        self.reset_metrics()
        step, logs = self._step("test_step"), {}
        for _, batch in _first(iter(data), steps):
            logs = _numbers(step(batch))
        return logs

    def predict(self, x, batch_size=None, verbose="auto", steps=None, **_):
        step, rows = self._step("predict_step"), []
        for _, batch in _first(iter(_batches(x, None, None, batch_size, False)), steps):
            rows.append(step(batch))
            self._check_unfollowed()
        columns = zip(*[nest.flatten(row) for row in rows])
        return nest.pack_sequence_as(rows[0], [_call("tf.concat", (list(column), 0, "concat")).numpy() for column in columns])

    def train_on_batch(self, x, y=None, sample_weight=None, class_weight=None, reset_metrics=True, return_dict=False):
        if class_weight is not None:
            raise NotSupported("tensorflow.keras.Model.train_on_batch with class_weight is not supported by Tape Lens yet")
        return self._on_batch("train_step", x, y, sample_weight, return_dict)

    def test_on_batch(self, x, y=None, sample_weight=None, reset_metrics=True, return_dict=False):
        return self._on_batch("test_step", x, y, sample_weight, return_dict)

    def predict_on_batch(self, x):
        outputs = self._step("predict_step")(_tensors(x))
        self._check_unfollowed()
        return nest.map_structure(lambda t: t.numpy(), outputs)

    def _check_unfollowed(self):
        """A tape that follows the variables asks for the gradient of the graph, where the data come out of an iterator."""
        if not self.__dict__.get("run_eagerly") and any(bridge.js().isFollowed(v._v) for v in self.weights):
            raise LookupError("No gradient defined for operation'IteratorGetNext' (op type: IteratorGetNext).")

    def _on_batch(self, method, x, y, sample_weight, return_dict):
        self._check_compiled()
        self.reset_metrics()
        logs = _numbers(self._step(method)(_packed(_tensors(x), _tensors(y), _tensors(sample_weight))))
        values = list(logs.values())
        return logs if return_dict else values[0] if len(values) == 1 else values

    def _step(self, method):
        """A step as a graph, unless it is to be run eagerly."""
        bound = getattr(self, method)
        if self.__dict__.get("run_eagerly"):
            return bound
        steps = self.__dict__.setdefault("_steps", {})
        if method not in steps:
            steps[method] = Function(lambda data: bound(data))
        return steps[method]

    def _check_compiled(self):
        if not self.__dict__.get("_compiled"):
            raise RuntimeError("You must compile your model before training/testing. Use `model.compile(optimizer, loss)`.")


def _by_class(weights):
    """Gives every example the weight of its class (data_adapter.py, _make_class_weight_map_fn)."""
    classes = sorted(weights)
    if classes != list(range(len(classes))):
        raise ValueError(f"Expected `class_weight` to be a dict with keys from 0 to one less than the number of classes, found {weights}")
    table = bridge.convert([weights[c] for c in classes])

    def weighed(*data):
        x, y, sample_weight = unpacked(data)
        if y.shape.rank >= 2 and y.shape[-1] > 1:
            labels = _call("tf.argmax", (y, -1, "int64", None))
        else:
            whole = _call("tf.squeeze", (y, -1, None)) if y.shape.rank >= 2 else y
            labels = _call("tf.cast", (_call("tf.round", (whole, None)), "int64", None))
        own = _call("tf.gather", (table, labels, None, None, 0, None))
        if sample_weight is None:
            return x, y, own
        own = _call("tf.cast", (own, sample_weight.dtype, None))
        ones = [1] * (own.shape.rank - sample_weight.shape.rank)
        return x, y, _call("tf.reshape", (sample_weight, [*sample_weight.shape, *ones], None)) * own

    return weighed


def unpacked(data):
    """`tf.keras.utils.unpack_x_y_sample_weight`."""
    if isinstance(data, list):
        data = tuple(data)
    if not isinstance(data, tuple):
        return data, None, None
    return (*data, None, None)[:3]


def _three(data):
    return unpacked(tuple(data)) if isinstance(data, (tuple, list)) else (data, None, None)


def _packed(x, y, sample_weight):
    if y is None:
        return x if not nest.is_nested(x) else (x,)
    return (x, y) if sample_weight is None else (x, y, sample_weight)


def _tensors(value):
    return None if value is None else nest.map_structure(lambda leaf: leaf.value() if isinstance(leaf, Variable) else leaf if is_tensor(leaf) else _from_numpy(leaf), value)


def _from_numpy(value):
    """Keras takes numbers of any precision as its own."""
    tensor = bridge.convert(value)
    return _call("tf.cast", (tensor, "float32", None)) if tensor.dtype == "float64" else tensor


def _batches(x, y, sample_weight, batch_size, shuffle):
    if isinstance(x, Dataset):
        return x
    if hasattr(x, "__next__"):
        return x
    x, y, sample_weight = (_as_arrays(part) for part in (x, y, sample_weight))
    data = Dataset.from_tensor_slices(_as_tuples(_packed(x, y, sample_weight)))
    if shuffle:
        data = data.shuffle(max(len(data), 1))
    return data.batch(32 if batch_size is None else batch_size)


def _as_arrays(part):
    """Lists of numbers are one array; a list of arrays is several inputs."""
    if isinstance(part, (list, tuple)) and not any(hasattr(item, "shape") for item in part):
        return _from_numpy(part)
    return _tensors(part)


def _as_tuples(value):
    """A list would be one tensor of a dataset."""
    return tuple(_as_tuples(item) for item in value) if isinstance(value, (list, tuple)) else value


def _first(iterator, count):
    for number, element in enumerate(iterator):
        yield number, element
        if count is not None and number + 1 == count:
            return


def _split(x, y, sample_weight, share):
    x, y, sample_weight = (_as_arrays(part) for part in (x, y, sample_weight))
    count = nest.flatten(x)[0].shape[0]
    at = int(count * (1.0 - share))

    def part(value, rows):
        return None if value is None else nest.map_structure(lambda t: t[rows], value)

    before, after = slice(0, at), slice(at, None)
    return (*(part(v, before) for v in (x, y, sample_weight)), tuple(part(v, after) for v in (x, y, sample_weight)))


def _numbers(logs):
    if not isinstance(logs, dict):
        logs = {"loss": logs} if logs is not None else {}
    return {name: float(value) if is_tensor(value) and value.shape.rank == 0 or isinstance(value, (int, float)) else value for name, value in logs.items()}
