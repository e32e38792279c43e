// Package golden plays golden conversations; clients/golden/README.md says what they are.
package golden

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// object is JSON as it is read.
type object = map[string]any

func fits(expected, actual any) bool {
	return mismatch(expected, actual, "") == nil
}

// mismatch says what differs first, with value and expectation; nil when it fits.
func mismatch(expected, actual any, path string) error {
	check := func(good bool) error {
		if good {
			return nil
		}
		return fmt.Errorf("%s: %s (expected %s)", path, print(actual), print(expected))
	}
	switch wanted := expected.(type) {
	case object:
		for name, operand := range wanted {
			if strings.HasPrefix(name, "$") {
				return check(operator(name, operand, actual))
			}
		}
		fields, ok := actual.(object)
		if !ok {
			return check(false)
		}
		for name, value := range wanted {
			if err := mismatch(value, fields[name], path+"."+name); err != nil {
				return err
			}
		}
		return nil
	case []any:
		elements, _ := actual.([]any)
		if len(elements) != len(wanted) {
			return check(false)
		}
		for i, value := range wanted {
			if err := mismatch(value, elements[i], fmt.Sprintf("%s[%d]", path, i)); err != nil {
				return err
			}
		}
		return nil
	}
	return check(text(expected) == text(actual))
}

func operator(name string, operand, actual any) bool {
	elements, _ := actual.([]any)
	switch name {
	case "$matches":
		return actual != nil && regexp.MustCompile(operand.(string)).MatchString(text(actual))
	case "$between":
		return between(operand, number(actual))
	case "$size":
		return between(operand, float64(len(elements)))
	case "$has":
		for _, element := range elements {
			if fits(operand, element) {
				return true
			}
		}
		return false
	case "$not":
		return !fits(operand, actual)
	case "$some":
		return operand == (text(actual) != "")
	}
	panic(name + ": no such operator")
}

func between(limits any, value float64) bool {
	pair := limits.([]any)
	return number(pair[0]) <= value && value <= number(pair[1])
}

// number reads numbers, numbers in strings and durations such as 1.5s; what is not there is 0.
func number(actual any) float64 {
	if actual == nil {
		return 0
	}
	value, err := strconv.ParseFloat(strings.TrimSuffix(text(actual), "s"), 64)
	if err != nil {
		return math.NaN()
	}
	return value
}

func text(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	return print(value)
}

func print(value any) string {
	encoded, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(encoded)
}
