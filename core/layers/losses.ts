// Keras losses as classes: each wraps a function of core/api/losses.ts. Source: Keras 2.15, losses.py.
import { lossClass } from './objects.ts';

lossClass('MeanSquaredError', 'mean_squared_error');
lossClass('MeanAbsoluteError', 'mean_absolute_error');
lossClass('MeanAbsolutePercentageError', 'mean_absolute_percentage_error');
lossClass('MeanSquaredLogarithmicError', 'mean_squared_logarithmic_error');
lossClass('Huber', 'huber', 'delta=1.0');
lossClass('LogCosh', 'log_cosh');
lossClass('Hinge', 'hinge');
lossClass('SquaredHinge', 'squared_hinge');
lossClass('KLDivergence', 'kl_divergence');
lossClass('Poisson', 'poisson');
lossClass('CosineSimilarity', 'cosine_similarity', 'axis=-1');
lossClass('BinaryCrossentropy', 'binary_crossentropy', 'from_logits=False, label_smoothing=0.0, axis=-1');
lossClass('CategoricalCrossentropy', 'categorical_crossentropy', 'from_logits=False, label_smoothing=0.0, axis=-1');
lossClass('SparseCategoricalCrossentropy', 'sparse_categorical_crossentropy', 'from_logits=False, ignore_class=None');
lossClass('CategoricalHinge', 'categorical_hinge');
lossClass(
  'BinaryFocalCrossentropy',
  'binary_focal_crossentropy',
  'apply_class_balancing=False, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1',
);
lossClass(
  'CategoricalFocalCrossentropy',
  'categorical_focal_crossentropy',
  'alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1',
);
